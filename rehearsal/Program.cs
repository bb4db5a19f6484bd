using CityBrain.Rehearsal.Cartography;
using Spectre.Console;

return args switch
{
    ["draw-city", .. var rest] => DrawCity.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    AnsiConsole.WriteLine("Usage: dotnet run --project rehearsal -- draw-city --input CSV --output areas.geojson");
    return 2;
}
