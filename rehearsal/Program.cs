using CityBrain.Rehearsal;
using CityBrain.Rehearsal.Cartography;

switch (args)
{
    case ["draw-city", .. var rest]:
        return DrawCity.Run(rest);
    case ["--help" or "-h", ..]:
        Console.WriteLine(RehearsalOptions.Help);
        return 0;
    default:
        var (options, fault) = RehearsalOptions.Parse(args);
        if (options is not null)
        {
            return await Rehearse.RunAsync(options);
        }

        Console.Error.WriteLine(fault);
        return 2;
}
