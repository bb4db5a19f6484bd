using Microsoft.Azure.Amqp;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>
/// Runs an action once, when a link has closed or its connection has, whichever the library tells first; at once when it has already.
/// Disposing it before gives up the watch. The action runs on the connection's thread, so it must not wait for anything.
/// </summary>
internal sealed class LinkEnd : IDisposable
{
    private readonly AmqpLink _link;
    private readonly AmqpConnection _connection;
    private Action? _action;

    private LinkEnd(AmqpLink link, Action action) => (_link, _connection, _action) = (link, link.Session.Connection, action);

    public static LinkEnd Watch(AmqpLink link, Action action)
    {
        var end = new LinkEnd(link, action);
        end._connection.Closed += end.OnClosed;
        link.SafeAddClosed(end.OnClosed);
        return end;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Interlocked.Exchange(ref _action, null);
        _connection.Closed -= OnClosed;
        _link.Closed -= OnClosed;
    }

    private void OnClosed(object? sender, EventArgs args)
    {
        var action = Interlocked.Exchange(ref _action, null);
        Dispose();
        action?.Invoke();
    }
}
