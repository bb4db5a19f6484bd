using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded.Hosting;

/// <summary>
/// Where settings come from, weakest first: local.settings.json (or its sample), environment variables, the command line. Those of the section
/// <c>Embedded</c> are the host's; the others are the app's.
/// </summary>
internal static class HostSettings
{
    private const string LocalSettings = "local.settings.json";
    private const string Own = "embedded";
    private const string SampleSettings = "local.settings.sample.json";

    /// <summary>Adds the sources.</summary>
    /// <exception cref="InvalidOperationException">The settings file cannot be read.</exception>
    public static void AddTo(ConfigurationManager configuration, string contentRoot, string[] args)
    {
        configuration.AddInMemoryCollection(ReadLocal(contentRoot));
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
    }

    /// <summary>The app's settings as environment variables: what the settings file and the command line say. What the environment says the app inherits.</summary>
    public static Dictionary<string, string> OfApp(string contentRoot, string[] args)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(ReadLocal(contentRoot)).AddEnvironmentVariables().AddCommandLine(args).Build();
        var named = new ConfigurationBuilder().AddInMemoryCollection(ReadLocal(contentRoot)).AddCommandLine(args).Build();
        return named.AsEnumerable()
            .Where(setting => setting.Value is not null && !IsOfHost(setting.Key))
            .ToDictionary(setting => setting.Key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal), setting => settings[setting.Key]!, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Where a connection of the app leads: to this host, unless a setting leads it to another service. The value <c>embedded</c> leads here whatever the machine's environment says.
    /// </summary>
    public static string Connection(IConfiguration settings, string name, string own) =>
        settings[name] is { Length: > 0 } other && !other.Equals(Own, StringComparison.OrdinalIgnoreCase) ? other : own;

    /// <summary>Path of a file: in the content root or a parent of it, else beside the program or in a parent of that; null when nowhere.</summary>
    public static string? Find(string fileName, string contentRoot) =>
        Upwards(contentRoot).Concat(Upwards(AppContext.BaseDirectory)).Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);

    private static bool IsOfHost(string key) =>
        key.Equals(EmbeddedOptions.Section, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith(EmbeddedOptions.Section + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase)
        || key.Equals("contentRoot", StringComparison.OrdinalIgnoreCase);

    /// <summary>The section Values of the settings file, as Functions Core Tools reads it.</summary>
    private static Dictionary<string, string?> ReadLocal(string contentRoot)
    {
        var path = Find(LocalSettings, contentRoot) ?? Find(SampleSettings, contentRoot);
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
}
