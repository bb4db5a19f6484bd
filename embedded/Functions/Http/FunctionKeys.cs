using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>
/// The keys that open one function. Only hashes are kept and all of them are compared in constant time, so neither a key's text
/// nor its place in the list shows in the time an answer takes.
/// </summary>
/// <param name="isOpen">True when no key is needed.</param>
/// <param name="keys">The keys.</param>
internal sealed class FunctionKeys(bool isOpen, IEnumerable<string?> keys)
{
    private readonly byte[][] _hashes = [.. keys.Where(key => !string.IsNullOrEmpty(key)).Select(key => Hash(key!))];

    /// <summary>True when the request may call the function: its header <c>x-functions-key</c>, else its query value <c>code</c>, is one of the keys.</summary>
    public bool Admit(HttpRequest request)
    {
        if (isOpen)
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

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
