namespace CityBrain.Embedded.Tables;

/// <summary>The one account that an endpoint serves, with the key that its clients sign with.</summary>
public sealed class TableAccount
{
    private const int ShortestName = 3;
    private const int LongestName = 24;
    private readonly byte[] _key;

    /// <param name="name">3 to 24 lower-case letters and digits, as Azure demands; it may be the first part of every path, so no table should bear it.</param>
    /// <param name="key">The key in Base64, at least 16 bytes.</param>
    /// <exception cref="ArgumentException">The name or the key is not of that form.</exception>
    public TableAccount(string name, string key)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(key);
        if (name.Length is < ShortestName or > LongestName || !name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)))
        {
            throw new ArgumentException($"'{name}' is no name for an account: write 3 to 24 lower-case letters and digits.", nameof(name));
        }

        var bytes = new byte[key.Length];
        if (!Convert.TryFromBase64String(key, bytes, out var length) || length < 16)
        {
            throw new ArgumentException("The account's key must be Base64 of at least 16 bytes.", nameof(key));
        }

        (Name, _key) = (name, bytes[..length]);
    }

    /// <summary>Name of the account.</summary>
    public string Name { get; }

    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>The connection string for clients, with the account's name in the path as the emulators have it.</summary>
    /// <param name="endpoint">Where the endpoint listens, such as <c>http://127.0.0.1:10002</c>.</param>
    public string ConnectionString(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return $"DefaultEndpointsProtocol={endpoint.Scheme};AccountName={Name};AccountKey={Convert.ToBase64String(_key)};TableEndpoint={endpoint.AbsoluteUri.TrimEnd('/')}/{Name};";
    }
}
