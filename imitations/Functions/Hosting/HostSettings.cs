using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>
/// Where the app's settings come from, weakest first: the embedded connection strings, local.settings.json (or its sample),
/// environment variables, the command line.
/// </summary>
internal static class HostSettings
{
    private const string LocalSettings = "local.settings.json";
    private const string SampleSettings = "local.settings.sample.json";

    public static void AddTo(ConfigurationManager configuration, string contentRoot, string[] args)
    {
        configuration.Sources.Add(new ConnectionDefaultsSource(configuration));
        configuration.AddInMemoryCollection(ReadLocal(contentRoot));
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
    }

    /// <summary>Path of a file of the app: in the content root or a parent of it, else beside the program or in a parent of that; null when nowhere.</summary>
    public static string? Find(string fileName, string contentRoot) =>
        Upwards(contentRoot).Concat(Upwards(AppContext.BaseDirectory)).Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);

    /// <summary>The section Values of the settings file, as Functions Core Tools reads it.</summary>
    private static Dictionary<string, string?> ReadLocal(string contentRoot)
    {
        var path = Find(LocalSettings, contentRoot);
        if (path is null && (path = Find(SampleSettings, contentRoot)) is not null)
        {
            Console.WriteLine($"No {LocalSettings} found; using {path}.");
        }

        if (path is null)
        {
            return [];
        }

        try
        {
            return new ConfigurationBuilder().AddJsonFile(path, optional: false, reloadOnChange: false).Build().GetSection("Values").AsEnumerable(makePathsRelative: true)
                .Where(setting => setting.Value is not null)
                .ToDictionary(setting => setting.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), setting => setting.Value, StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception failure) when (failure is InvalidDataException or FormatException)
        {
            throw new InvalidOperationException($"The file '{path}' cannot be read: {(failure.InnerException ?? failure).Message}", failure);
        }
    }

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            yield return current.FullName;
        }
    }

    /// <summary>Points the connections that Functions apps use at the embedded platform, wherever its file is said to be.</summary>
    private sealed class ConnectionDefaultsSource(IConfiguration configuration) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => new ConnectionDefaults(configuration);
    }

    private sealed class ConnectionDefaults(IConfiguration configuration) : ConfigurationProvider
    {
        private static readonly HashSet<string> Connections = new(StringComparer.OrdinalIgnoreCase) { "AzureWebJobsStorage", "TableStorage", "ServiceBusConnection" };

        public override bool TryGet(string key, out string? value)
        {
            if (Data.TryGetValue(key, out value))
            {
                return true;
            }

            value = Connections.Contains(key) ? EmbeddedPlatform.ConnectionStringOf(configuration[$"{EmbeddedOptions.Section}:{nameof(EmbeddedOptions.Path)}"] ?? new EmbeddedOptions().Path) : null;
            return value is not null;
        }
    }
}
