using Spectre.Console;

namespace CityBrain.Rehearsal.Cartography;

/// <summary>The verb <c>draw-city</c>: draws the areas of a demo city from a sample of located service requests.</summary>
internal static class DrawCity
{
    public static int Run(string[] arguments)
    {
        if (Option(arguments, "--input") is not { } input || Option(arguments, "--output") is not { } output)
        {
            AnsiConsole.WriteLine("draw-city needs --input CSV and --output areas.geojson.");
            return 2;
        }

        var city = CityDrawing.Draw(SampleRow.Read(input));
        GeoJsonWriter.Write(city, output);
        AnsiConsole.WriteLine($"{output}: {string.Join(", ", city.CountBy(a => a.Area.Level).Select(c => $"{c.Value} of level {c.Key}"))}");
        return 0;
    }

    private static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
}
