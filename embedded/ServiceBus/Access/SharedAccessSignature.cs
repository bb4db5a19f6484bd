using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CityBrain.Embedded.ServiceBus.Access;

/// <summary>
/// The shared access signature of Azure Service Bus:
/// <c>SharedAccessSignature sr={URL-encoded URI}&amp;sig={URL-encoded HMAC-SHA256 of "sr\nse", in Base64}&amp;se={Unix seconds}&amp;skn={key name}</c>.
/// </summary>
public sealed record SharedAccessSignature
{
    private const string Scheme = "SharedAccessSignature ";

    private readonly string _encodedUri;
    private readonly string _signature;
    private readonly string _expiry;

    private SharedAccessSignature(string encodedUri, string signature, string expiry, string keyName) =>
        (_encodedUri, _signature, _expiry, KeyName) = (encodedUri, signature, expiry, keyName);

    /// <summary>Name of the key that signed it.</summary>
    public string KeyName { get; }

    /// <summary>What it opens: everything below this address.</summary>
    public string Resource => WebUtility.UrlDecode(_encodedUri);

    /// <summary>Real instant from which it is refused; the earliest instant when the token does not say.</summary>
    public DateTimeOffset Expiry => long.TryParse(_expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : DateTimeOffset.MinValue;

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
    public static SharedAccessSignature? Parse(string? token)
    {
        if (token?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in token[Scheme.Length..].Split('&', StringSplitOptions.TrimEntries))
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

    /// <summary>True when this key signed the token.</summary>
    public bool IsSignedBy(string key) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(_signature), Encoding.UTF8.GetBytes(Convert.ToBase64String(Sign(_encodedUri, _expiry, key))));

    private static byte[] Sign(string encodedUri, string expiry, string key) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{encodedUri}\n{expiry}"));
}
