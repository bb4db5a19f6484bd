namespace CityBrain.Embedded.Tables.Rest;

/// <summary>The parts of a storage connection string that tables need.</summary>
internal sealed record TableConnectionString(string AccountName, string AccountKey, Uri Endpoint)
{
    private const string EmulatorAccount = "devstoreaccount1";

    // Public: the fixed key of every storage emulator, from the emulator's documentation.
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="FormatException">The text names neither the emulator nor an account with its key.</exception>
    public static TableConnectionString Parse(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            parts[equals < 0 ? part : part[..equals]] = equals < 0 ? string.Empty : part[(equals + 1)..];
        }

        if (parts.GetValueOrDefault("UseDevelopmentStorage")?.Equals("true", StringComparison.OrdinalIgnoreCase) == true)
        {
            return new(EmulatorAccount, EmulatorKey, new Uri($"http://127.0.0.1:10002/{EmulatorAccount}"));
        }

        if (!parts.TryGetValue("AccountName", out var account) || !parts.TryGetValue("AccountKey", out var key))
        {
            throw new FormatException("The connection string must be Embedded={path}, UseDevelopmentStorage=true, or name AccountName and AccountKey of a storage account.");
        }

        var endpoint = parts.GetValueOrDefault("TableEndpoint")
            ?? $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{account}.table.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        return new(account, key, new Uri(endpoint));
    }
}
