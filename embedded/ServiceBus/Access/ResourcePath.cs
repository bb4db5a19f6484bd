namespace CityBrain.Embedded.ServiceBus.Access;

/// <summary>Addresses in tokens and audiences: scheme and port differ between clients and do not count, host and path do.</summary>
internal static class ResourcePath
{
    /// <summary>Host without port, and path without slashes at its ends; null when the text is not an address.</summary>
    public static (string Host, string Path)? Parse(string address) =>
        Uri.TryCreate(address.Contains("://", StringComparison.Ordinal) ? address : "sb://" + address, UriKind.Absolute, out var uri)
            ? (uri.Host, Uri.UnescapeDataString(uri.AbsolutePath).Trim('/'))
            : null;

    /// <summary>True when <paramref name="path"/> is at or below <paramref name="root"/>, compared without case.</summary>
    public static bool Covers(string root, string path) =>
        root.Length == 0
        || (path.StartsWith(root, StringComparison.OrdinalIgnoreCase) && (path.Length == root.Length || path[root.Length] == '/'));
}
