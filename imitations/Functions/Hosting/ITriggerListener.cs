namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>
/// Feeds one kind of trigger: takes work from where it waits and hands it to <see cref="IFunctionInvoker"/>. The host starts the
/// listeners in the order of <see cref="HostServices"/> and stops them in the reverse order.
/// </summary>
public interface ITriggerListener
{
    /// <summary>Begins to take work. An exception stops the start of the host.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes no new work from the moment it is called, and completes when what it runs has finished. The host cancels the invocations
    /// that run right after it has called every listener, so an invocation that ends by cancellation now has not failed: its work
    /// stays where it waited.
    /// </summary>
    /// <param name="cancellationToken">When cancelled, waiting is over.</param>
    Task StopAsync(CancellationToken cancellationToken);
}
