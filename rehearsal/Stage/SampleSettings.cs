using CityBrain.Rehearsal.Play;
using Microsoft.Extensions.Configuration;

namespace CityBrain.Rehearsal.Stage;

/// <summary>
/// The settings of a rehearsal: the sample settings with a fresh database, free ports and a slow start of the clock. They are given on the
/// command line of the app, which is the strongest place, so that no setting of the machine can point a rehearsal at a real city.
/// </summary>
internal static class SampleSettings
{
    private static readonly string[] Connections = ["TableStorage", "ServiceBusConnection"];

    /// <summary>The sample settings, as the file beside the program has them.</summary>
    public static IConfiguration Read() => new ConfigurationBuilder()
        .AddInMemoryCollection(new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json"))
            .Build()
            .GetSection("Values")
            .AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null)
            .ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => setting.Value))
        .Build();

    /// <summary>What the people of the play hold.</summary>
    /// <exception cref="InvalidOperationException">The sample has no such key.</exception>
    public static CityKeys KeysOf(IConfiguration sample)
    {
        return new CityKeys(Key("hotline"), Key("staff"), Key("duty"), "devices", sample["Embedded:SharedAccessKeys:devices:Key"]!);

        string Key(string caller) => sample[$"Callers:{caller}:Key"] ?? throw new InvalidOperationException($"local.settings.sample.json has no Callers__{caller}__Key.");
    }

    /// <summary>The command line of the app; without a first instant the clock is that of the machine, or goes on where an accelerated one stood.</summary>
    public static string[] ArgumentsOf(IConfiguration sample, string path, int httpPort, int devicesPort, DateTimeOffset? start)
    {
        var settings = sample.AsEnumerable().Where(setting => setting.Value is not null).ToDictionary(setting => setting.Key, setting => setting.Value!, StringComparer.OrdinalIgnoreCase);
        settings["Embedded:Path"] = path;
        settings["Embedded:HttpPort"] = $"{httpPort}";
        settings["Embedded:ServiceBusPort"] = $"{devicesPort}";
        settings["Embedded:AmqpPort"] = "0";
        settings["Embedded:TablesPort"] = "0";
        settings["Embedded:ClockSpeed"] = "1";
        if (start is { } first)
        {
            settings["Embedded:ClockStart"] = first.ToString("O");
        }

        foreach (var connection in Connections)
        {
            settings[connection] = "embedded";
        }

        return [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")];
    }
}
