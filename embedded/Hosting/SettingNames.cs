using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded.Hosting;

/// <summary>Replaces <c>%Name%</c> in what trigger attributes say by the setting of that name, as Azure Functions does.</summary>
internal sealed partial class SettingNames(IConfiguration configuration)
{
    /// <summary>The text with every <c>%Name%</c> replaced.</summary>
    /// <param name="text">What the attribute says, such as <c>%QueueName%</c>.</param>
    /// <param name="function">The function whose attribute says it, for the message.</param>
    /// <exception cref="InvalidOperationException">A setting is missing or empty; the sentence says which one to write.</exception>
    public string Resolve(string text, string function) => Token().Replace(text, match =>
    {
        var name = match.Groups[1].Value.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
        return configuration[name] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException(
                $"The function '{function}' needs the setting '{match.Groups[1].Value}', which is missing; add it to Values in local.settings.json or set it as an environment variable.");
    });

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Token();
}
