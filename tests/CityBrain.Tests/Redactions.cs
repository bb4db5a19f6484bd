using CityBrain.Language;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests;

/// <summary>Redaction with and without a service.</summary>
internal static class Redactions
{
    /// <summary>The city's own recognisers alone.</summary>
    public static TextRedaction Local { get; } = With(new LanguageOptions());

    /// <summary>With the service of an address.</summary>
    public static TextRedaction Asking(Uri endpoint) => With(new LanguageOptions { Endpoint = endpoint, Key = LanguageServer.Key });

    /// <summary>What a wording tells, by the service of an address; by none without one.</summary>
    public static TextInsight Insight(Uri? endpoint = null, TimeSpan? longestWait = null)
    {
        var options = Options.Create(endpoint is null ? new LanguageOptions() : new LanguageOptions { Endpoint = endpoint, Key = LanguageServer.Key });
        return longestWait is { } wait ? new(options, NullLogger<TextInsight>.Instance) { LongestWait = wait } : new(options, NullLogger<TextInsight>.Instance);
    }

    private static TextRedaction With(LanguageOptions options) => new(Options.Create(options), NullLogger<TextRedaction>.Instance);
}
