using System.Collections.Concurrent;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>The Service Bus namespace of one embedded platform: its queues, found again after a restart. Safe for concurrent use.</summary>
public sealed class Broker : IDisposable
{
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromMinutes(1);

    private readonly EmbeddedPlatform _platform;
    private readonly ConcurrentDictionary<string, MessageQueue> _queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<long, MessageQueue> _queuesById = new();
    private readonly ScheduledMessages _scheduled;
    private readonly ITimer _forget;

    private Broker(EmbeddedPlatform platform)
    {
        _platform = platform;
        _scheduled = new ScheduledMessages(platform, (queue, session) => _queuesById.GetValueOrDefault(queue)?.Announce(session, 1));
        platform.Store.WriteAsync(session => session.Script(MessageSql.Schema)).GetAwaiter().GetResult();
        foreach (var (id, options) in platform.Store.Read(MessageSql.Queues))
        {
            Add(id, options);
        }

        _scheduled.Start();
        _forget = TimeProvider.System.CreateTimer(_ => _ = ForgetSentAsync(), null, ForgetInterval, ForgetInterval);
    }

    /// <summary>Names of the queues declared so far, in this run or an earlier one.</summary>
    public IReadOnlyCollection<string> QueueNames => [.. _queues.Values.Select(queue => queue.Options.Name)];

    /// <summary>The broker of a platform.</summary>
    public static Broker Of(EmbeddedPlatform platform) => platform.Service(owner => new Broker(owner));

    /// <summary>Creates the queue, or gives an existing one these options.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The queue has messages and <see cref="QueueOptions.RequiresSession"/> would change.</exception>
    public async Task DeclareQueueAsync(QueueOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var id = await _platform.Store.WriteAsync(session => MessageSql.Declare(session, options)).ConfigureAwait(false);
        Add(id, options);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scheduled.Dispose();
        _forget.Dispose();
        foreach (var queue in _queues.Values)
        {
            queue.Dispose();
        }
    }

    /// <exception cref="ServiceBusException">No such queue is declared.</exception>
    internal MessageQueue Find(string path, bool deadLetters = false)
    {
        if (_queues.TryGetValue(path, out var queue))
        {
            return deadLetters ? queue.DeadLetters! : queue;
        }

        throw new ServiceBusException($"The messaging entity '{path}' could not be found: no queue of that name is declared.", ServiceBusFailureReason.MessagingEntityNotFound, path);
    }

    internal bool Exists(string path) => _queues.ContainsKey(path);

    private void Add(long id, QueueOptions options) => _queues.AddOrUpdate(
        options.Name,
        _ => _queuesById.GetOrAdd(id, _ => new MessageQueue(_platform, id, options, due => _scheduled.Expect(due))),
        (_, existing) =>
        {
            existing.Options = options;
            return existing;
        });

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
            // The platform is closing, or the disk refused; the next round forgets as well.
        }
    }
}
