namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>The addresses, set by the listeners that bind them.</summary>
internal sealed class EmbeddedAddresses : IEmbeddedAddresses
{
    private Uri? _http;

    public Uri Http
    {
        get => _http ?? throw new InvalidOperationException("The host is not listening for HTTP: start it first, and call ConfigureFunctionsWebApplication.");
        set => _http = value;
    }

    public Uri? ServiceBus { get; set; }
}
