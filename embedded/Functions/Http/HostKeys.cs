using CityBrain.Embedded.Hosting;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>The keys of the host, by what they open.</summary>
internal sealed class HostKeys(EmbeddedOptions options)
{
    /// <summary>The keys of a function.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="level">Its authorization level.</param>
    /// <exception cref="InvalidOperationException">Azure Functions has no such level.</exception>
    public FunctionKeys Of(string function, string level) => level.ToUpperInvariant() switch
    {
        "ANONYMOUS" => new(true, []),
        "FUNCTION" => new(false, [options.MasterKey, .. options.HostKeys.Values, .. KeysOf(function)]),
        "SYSTEM" or "ADMIN" => new(false, [options.MasterKey]),
        _ => throw new InvalidOperationException($"The function '{function}' asks for the authorization level '{level}', which Azure Functions does not offer; use Anonymous, Function or Admin."),
    };

    // Settings compare without case, and so do function names.
    private IEnumerable<string> KeysOf(string function) =>
        options.FunctionKeys.Where(pair => pair.Key.Equals(function, StringComparison.OrdinalIgnoreCase)).SelectMany(pair => pair.Value.Values);
}
