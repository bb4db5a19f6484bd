using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>
/// The shared access signature of Azure Service Bus:
/// <c>SharedAccessSignature sr={URL-encoded URI}&amp;sig={URL-encoded HMAC-SHA256 of "sr\nse", in Base64}&amp;se={Unix seconds}&amp;skn={key name}</c>.
/// </summary>
public sealed record SharedAccessSignature
{
    private const string Scheme = "SharedAccessSignature ";

    private SharedAccessSignature(string encodedUri, string signature, string expiry, string keyName) =>
        (EncodedUri, Signature, Expiry, KeyName) = (encodedUri, signature, expiry, keyName);

    /// <summary>Name of the key that signed it.</summary>
    public string KeyName { get; }

    private string EncodedUri { get; }

    private string Signature { get; }

    private string Expiry { get; }

    /// <summary>Makes the token that a device sends in the header <c>Authorization</c>.</summary>
    /// <param name="uri">What it opens: a queue, such as <c>http://localhost:7072/sensor-events</c>, or the whole namespace.</param>
    /// <param name="keyName">Name of the key.</param>
    /// <param name="key">The key, as it stands in the settings.</param>
    /// <param name="expiry">Real instant after which the token is refused; seconds count.</param>
    public static string Create(string uri, string keyName, string key, DateTimeOffset expiry)
    {
        ArgumentException.ThrowIfNullOrEmpty(uri);
        ArgumentException.ThrowIfNullOrEmpty(keyName);
        ArgumentException.ThrowIfNullOrEmpty(key);
        var (encoded, seconds) = (WebUtility.UrlEncode(uri), expiry.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return $"{Scheme}sr={encoded}&sig={WebUtility.UrlEncode(Convert.ToBase64String(Sign(encoded, seconds, key)))}&se={seconds}&skn={WebUtility.UrlEncode(keyName)}";
    }

    /// <summary>Reads a token; null when it is not one.</summary>
    public static SharedAccessSignature? Parse(string? authorization)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in authorization[Scheme.Length..].Split('&', StringSplitOptions.TrimEntries))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !fields.TryAdd(field[..equals], field[(equals + 1)..]))
            {
                return null;
            }
        }

        return fields.TryGetValue("sr", out var uri) && fields.TryGetValue("sig", out var signature) && fields.TryGetValue("se", out var expiry) && fields.TryGetValue("skn", out var keyName)
            ? new SharedAccessSignature(uri, WebUtility.UrlDecode(signature), expiry, WebUtility.UrlDecode(keyName))
            : null;
    }

    /// <summary>Why the token does not open the resource; null when it does.</summary>
    /// <param name="key">The key of that name; null when there is none.</param>
    /// <param name="authority">Host and port of the request.</param>
    /// <param name="path">Path of the request, with a leading slash.</param>
    /// <param name="now">Real instant.</param>
    public string? WhyRefused(string? key, string authority, string path, DateTimeOffset now)
    {
        if (key is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature), Encoding.UTF8.GetBytes(Convert.ToBase64String(Sign(EncodedUri, Expiry, key)))))
        {
            return "The token has an invalid signature.";
        }

        if (!long.TryParse(Expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds <= now.ToUnixTimeSeconds())
        {
            return "The token has expired.";
        }

        return Covers(WebUtility.UrlDecode(EncodedUri), authority, path) ? null : "The token is for another resource.";
    }

    private static byte[] Sign(string encodedUri, string expiry, string key) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{encodedUri}\n{expiry}"));

    /// <summary>The resource of a token opens all paths below it; the port need not be named.</summary>
    private static bool Covers(string resource, string authority, string path)
    {
        if (!Uri.TryCreate(resource.Contains("://", StringComparison.Ordinal) ? resource : "sb://" + resource, UriKind.Absolute, out var uri))
        {
            return false;
        }

        var host = uri.IsDefaultPort && !authority.Equals(uri.Authority, StringComparison.OrdinalIgnoreCase) ? authority.Split(':')[0] : authority;
        var root = uri.AbsolutePath.TrimEnd('/');
        return host.Equals(uri.Authority, StringComparison.OrdinalIgnoreCase)
            && path.StartsWith(root, StringComparison.OrdinalIgnoreCase)
            && (path.Length == root.Length || path[root.Length] == '/');
    }
}
