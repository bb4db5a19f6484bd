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

    private static TextRedaction With(LanguageOptions options) => new(Options.Create(options), NullLogger<TextRedaction>.Instance);
}
