using System.Collections.Concurrent;
using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>The queues of one namespace, on one file. Safe for concurrent use.</summary>
internal sealed class MessageBroker : IDisposable
{
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromMinutes(1);

    private readonly SqliteStore _store;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, MessageQueue> _queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<long, MessageQueue> _queuesById = new();
    private readonly TimedMessages _timed;
    private readonly ITimer _forget;

    /// <param name="store">Where messages are.</param>
    /// <param name="clock">City time, for schedules and time to live; locks run in real time.</param>
    public MessageBroker(SqliteStore store, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
        _timed = new TimedMessages(store, clock, Activity, id => _queuesById.GetValueOrDefault(id));
        store.WriteAsync(session => session.Script(QueueSql.Schema)).GetAwaiter().GetResult();
        _forget = TimeProvider.System.CreateTimer(_ => _ = ForgetSentAsync(), null, ForgetInterval, ForgetInterval);
    }

    public Activity Activity { get; } = new();

    /// <summary>City instant of the next scheduled message or expiry; null when nothing waits.</summary>
    public DateTimeOffset? NextDue => _timed.NextDue;

    /// <summary>Names of the queues declared so far.</summary>
    public IReadOnlyCollection<string> QueueNames => [.. _queues.Values.Select(queue => queue.Options.Name)];

    /// <summary>Creates the queue, or gives an existing one these options. Messages that a file still has are then available.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The queue has messages and <see cref="QueueOptions.RequiresSession"/> would change.</exception>
    public async Task<MessageQueue> DeclareQueueAsync(QueueOptions options)
    {
        options.Validate();
        var id = await _store.WriteAsync(session => QueueSql.Declare(session, options)).ConfigureAwait(false);
        var queue = _queues.GetOrAdd(options.Name, _ => _queuesById.GetOrAdd(id, _ => new MessageQueue(_store, _clock, Activity, id, options, due => _timed.Expect(due))));
        queue.Options = options;
        _timed.Start();
        return queue;
    }

    /// <exception cref="BrokerException">No such queue is declared.</exception>
    public MessageQueue Find(string name, bool deadLetters = false) => _queues.TryGetValue(name, out var queue)
        ? deadLetters ? queue.DeadLetters! : queue
        : throw new BrokerException(BrokerFailure.EntityNotFound, $"The messaging entity '{name}' could not be found: no queue of that name is declared.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _timed.Dispose();
        _forget.Dispose();
        foreach (var queue in _queues.Values)
        {
            queue.Dispose();
        }
    }

    private async Task ForgetSentAsync()
    {
        try
        {
            foreach (var queue in _queues.Values)
            {
                while (await queue.ForgetSentAsync(TimeProvider.System.GetUtcNow()).ConfigureAwait(false))
                {
                }
            }
        }
        catch (Exception)
        {
            // The store is closing, or the disk refused; the next round forgets as well.
        }
    }
}
