namespace CityBrain.Notifications;

/// <summary>The callback API of one hotline, section <c>Hotlines:{channel}</c>: the channel that took an appeal calls its reporter back.</summary>
public sealed class HotlineOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Hotlines";

    /// <summary>Where the hotline takes requests to call: https, or this machine.</summary>
    public string Url { get; set; } = "";

    /// <summary>Sent as <c>x-api-key</c>; keep it in Key Vault.</summary>
    public string? Key { get; set; }

    /// <summary>True when the address is one to which a key may be sent.</summary>
    public bool IsGood => Uri.TryCreate(Url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
