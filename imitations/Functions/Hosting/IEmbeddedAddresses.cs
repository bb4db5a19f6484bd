namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>Where the embedded host listens; known once it has started.</summary>
public interface IEmbeddedAddresses
{
    /// <summary>Base address of the HTTP triggers, without the route prefix.</summary>
    Uri Http { get; }

    /// <summary>Base address at which devices send messages; null when the app has no such listener.</summary>
    Uri? ServiceBus { get; }
}
