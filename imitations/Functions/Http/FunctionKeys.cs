using System.Security.Cryptography;
using System.Text;
using CityBrain.Embedded.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>
/// The keys that open one function. Only hashes are kept and all of them are compared in constant time, so neither a key's text
/// nor its place in the list shows in the time an answer takes.
/// </summary>
internal sealed class FunctionKeys
{
    private readonly byte[][] _hashes;
    private readonly bool _anyone;

    public FunctionKeys(string function, AuthorizationLevel level, EmbeddedOptions options)
    {
        _anyone = level == AuthorizationLevel.Anonymous;
        IEnumerable<string?> keys = level switch
        {
            AuthorizationLevel.Anonymous => [],
            AuthorizationLevel.Function => [options.MasterKey, .. options.HostKeys.Values, .. KeysOf(function, options)],
            AuthorizationLevel.System or AuthorizationLevel.Admin => [options.MasterKey],
            _ => throw new InvalidOperationException($"The function '{function}' asks for the authorization level '{level}', which Azure Functions does not offer; use Anonymous, Function or Admin."),
        };
        _hashes = [.. keys.Where(key => !string.IsNullOrEmpty(key)).Select(key => Hash(key!))];
    }

    /// <summary>True when the request may call the function: its header <c>x-functions-key</c>, else its query value <c>code</c>, is one of the keys.</summary>
    public bool Admit(HttpRequest request)
    {
        if (_anyone)
        {
            return true;
        }

        string? given = request.Headers["x-functions-key"];
        if (string.IsNullOrEmpty(given))
        {
            given = request.Query["code"];
        }

        if (string.IsNullOrEmpty(given))
        {
            return false;
        }

        var hash = Hash(given);
        var admitted = false;
        foreach (var known in _hashes)
        {
            admitted |= CryptographicOperations.FixedTimeEquals(known, hash);
        }

        return admitted;
    }

    // Settings compare without case, and so do function names.
    private static IEnumerable<string> KeysOf(string function, EmbeddedOptions options) =>
        options.FunctionKeys.Where(pair => pair.Key.Equals(function, StringComparison.OrdinalIgnoreCase)).SelectMany(pair => pair.Value.Values);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
