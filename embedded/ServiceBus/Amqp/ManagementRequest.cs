using System.Collections;
using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.Azure.Amqp.Encoding;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>A request to a management node, with its arguments by name and type.</summary>
/// <param name="Connection">Where it came from.</param>
/// <param name="Queue">The queue, or dead-letter queue, of the node.</param>
/// <param name="Request">As it came.</param>
internal sealed record ManagementRequest(ClientConnection Connection, MessageQueue Queue, Request Request)
{
    private readonly AmqpMap? _body = Request.Body as AmqpMap;

    /// <summary>Name of the receiver's or sender's link that the request belongs to; null when the client does not say.</summary>
    public string? LinkName => AmqpMaps.FindText(Request.Properties, "associated-link-name");

    public string? SessionId => AmqpMaps.FindText(_body, "session-id");

    public string? Text(string name) => AmqpMaps.FindText(_body, name);

    public object? Value(string name) => AmqpMaps.Find(_body, name);

    /// <exception cref="BrokerException">It is missing or not a whole number.</exception>
    public long Number(string name) => Value(name) switch
    {
        long number => number,
        int number => number,
        uint number => number,
        ulong number and <= long.MaxValue => (long)number,
        _ => throw Missing(name),
    };

    /// <summary>An array or list of one type.</summary>
    /// <exception cref="BrokerException">It is missing, or holds another type.</exception>
    public List<T> Many<T>(string name) => Value(name) is IEnumerable values and not string ? [.. values.Cast<object>().Select(value => value is T typed ? typed : throw Missing(name))] : throw Missing(name);

    /// <summary>The channel in which the client's locks are: that of its session, or of the queue.</summary>
    /// <exception cref="BrokerException">The session is not held by this connection, or the queue requires one.</exception>
    public MessageChannel Channel() => SessionId is { } session ? Connection.FindLease(LinkName, Queue, session).Channel : Queue.Channel;

    /// <exception cref="BrokerException">No session is named, or this connection does not hold it.</exception>
    public SessionLease Lease() => Connection.FindLease(LinkName, Queue, SessionId ?? throw Missing("session-id"));

    private static BrokerException Missing(string name) => new(BrokerFailure.InvalidArgument, $"The argument '{name}' is missing or of a wrong type.");
}
