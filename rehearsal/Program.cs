using CityBrain.Rehearsal;
using CityBrain.Rehearsal.Cartography;
using CityBrain.Rehearsal.Replay;

switch (args)
{
    case ["draw-city", .. var rest]:
        return DrawCity.Run(rest);
    case ["replay", .. var files]:
        return await Replaying.RunAsync(files);
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
