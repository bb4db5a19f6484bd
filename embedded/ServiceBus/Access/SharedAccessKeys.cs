namespace CityBrain.Embedded.ServiceBus.Access;

/// <summary>The keys of the namespace; verifies tokens, by real time.</summary>
internal sealed class SharedAccessKeys(IEnumerable<SharedAccessKey> keys)
{
    private readonly Dictionary<string, SharedAccessKey> _keys = keys.ToDictionary(key => key.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Verifies a token for an address.</summary>
    /// <param name="token">A shared access signature.</param>
    /// <param name="audience">What the client wants to open.</param>
    /// <param name="refusal">Why there is no grant.</param>
    /// <returns>Null when the token is refused.</returns>
    public Grant? Verify(string? token, string audience, out string refusal)
    {
        refusal = "";
        if (SharedAccessSignature.Parse(token) is not { } signature)
        {
            refusal = "The token is not a shared access signature.";
        }
        else if (!_keys.TryGetValue(signature.KeyName, out var key) || !signature.IsSignedBy(key.Key))
        {
            refusal = "The token has an invalid signature.";
        }
        else if (signature.Expiry <= TimeProvider.System.GetUtcNow())
        {
            refusal = "The token has expired.";
        }
        else if (ResourcePath.Parse(signature.Resource) is not { } resource || ResourcePath.Parse(audience) is not { } wanted
            || !resource.Host.Equals(wanted.Host, StringComparison.OrdinalIgnoreCase) || !ResourcePath.Covers(resource.Path, wanted.Path))
        {
            refusal = "The token is for another resource.";
        }
        else
        {
            return new Grant(key, wanted.Path, signature.Expiry);
        }

        return null;
    }
}
