using CityBrain.Embedded.ServiceBus.Amqp;
using CityBrain.Embedded.ServiceBus.Broker;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.ServiceBus.Triggers;

/// <summary>
/// Brings the messages of one queue to one function, straight from the broker: up to <c>maxConcurrentCalls</c> messages at a time, or one
/// batch after the other, or up to <c>maxConcurrentSessions</c> sessions, each with one invocation at a time. A stop takes no new
/// message, waits for the functions that run, and leaves the rest in the queue.
/// </summary>
internal sealed partial class QueueTrigger : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly QueueTriggerOptions _options;
    private readonly MessageQueue _queue;
    private readonly LockTokens _tokens;
    private readonly Activity _activity;
    private readonly ILogger _logger;
    private readonly MessageInvocation _invocation;
    private readonly LockRenewal _renewal;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cancelled = new();
    private Task _running = Task.CompletedTask;

    /// <param name="options">Checked here.</param>
    /// <param name="server">Where the queue is declared.</param>
    /// <param name="tokens">Shared by all triggers and the <c>Settlement</c> service.</param>
    /// <param name="function">What is called.</param>
    /// <param name="logger">For failures of functions and of the broker.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="BrokerException">No such queue is declared, or its sessions do not fit the trigger; the sentence says what to do.</exception>
    public QueueTrigger(QueueTriggerOptions options, ServiceBusServer server, LockTokens tokens, IMessageFunction function, ILogger logger)
    {
        options.Validate();
        var address = EntityAddress.Parse(options.Queue);
        _queue = server.Broker.Find(address.Queue, address.IsDeadLetter);
        if (_queue.Options.RequiresSession != options.IsSessionsEnabled)
        {
            throw new BrokerException(
                BrokerFailure.NotAllowed,
                $"The function '{options.Function}' has IsSessionsEnabled = {options.IsSessionsEnabled}, but the queue '{options.Queue}' has RequiresSession = {_queue.Options.RequiresSession}: make them equal.");
        }

        (_options, _tokens, _activity, _logger) = (options, tokens, server.Broker.Activity, logger);
        _invocation = new MessageInvocation(options, _queue, tokens, function, logger);
        _renewal = new LockRenewal(_queue.Options.LockDuration, options.MaxAutoLockRenewalDuration);
    }

    private int Room => _options.IsBatched ? _options.MaxMessageBatchSize : 1;

    public void Start()
    {
        var loops = _options.IsSessionsEnabled ? _options.MaxConcurrentSessions : _options.IsBatched ? 1 : _options.MaxConcurrentCalls;
        _running = Task.WhenAll(Enumerable.Range(0, loops).Select(_ => Task.Run(_options.IsSessionsEnabled ? RepeatAsync(SessionAsync) : RepeatAsync(PlainAsync))));
    }

    /// <summary>Waits for the functions that run; cancels them when the token is cancelled, and still waits.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await using (cancellationToken.Register(_cancelled.Cancel))
        {
            await _running.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _renewal.Dispose();
        _stopping.Dispose();
        _cancelled.Dispose();
    }

    private async Task PlainAsync(FailurePace pace)
    {
        var channel = _queue.Channel;
        while (!_stopping.IsCancellationRequested)
        {
            await RunAsync(channel, await NextAsync(channel, Timeout.InfiniteTimeSpan).ConfigureAwait(false), pace, null).ConfigureAwait(false);
        }
    }

    private async Task SessionAsync(FailurePace pace)
    {
        if (await _queue.Sessions.AcceptNextAsync(Timeout.InfiniteTimeSpan, _stopping.Token).ConfigureAwait(false) is not { } session)
        {
            return;
        }

        _tokens.Add(session);
        try
        {
            while (!_stopping.IsCancellationRequested && !_tokens.IsReleased(session) && await NextAsync(session.Channel, _options.SessionIdleTimeout, session).ConfigureAwait(false) is { Count: > 0 } locks)
            {
                await RunAsync(session.Channel, locks, pace, session).ConfigureAwait(false);
            }
        }
        finally
        {
            _tokens.Remove(session);
            await session.ReleaseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What is ready counts as under way before the wait begins, so that a jumping clock never sees a queue at rest between two messages.</summary>
    private async Task<IReadOnlyList<MessageLock>> NextAsync(MessageChannel channel, TimeSpan maxWait, SessionLease? session = null)
    {
        using (_activity.Enter())
        {
            session?.Renew();
            if (await channel.ReceiveAsync(() => Room, TimeSpan.Zero, deleteAtOnce: false, _stopping.Token).ConfigureAwait(false) is { Count: > 0 } ready)
            {
                return ready;
            }
        }

        using var kept = session is null ? null : _renewal.Keep(() => session.Renew());
        return await channel.ReceiveAsync(() => Room, maxWait, deleteAtOnce: false, _stopping.Token).ConfigureAwait(false);
    }

    private async Task RunAsync(MessageChannel channel, IReadOnlyList<MessageLock> locks, FailurePace pace, SessionLease? session)
    {
        using var underWay = _activity.Enter();
        if (_stopping.IsCancellationRequested)
        {
            await _invocation.ReleaseAsync(channel, locks).ConfigureAwait(false);
            return;
        }

        var started = TimeProvider.System.GetTimestamp();
        bool succeeded;
        using (_renewal.Keep(session is null ? () => RenewAll(channel, locks) : () => session.Renew()))
        {
            succeeded = await _invocation.RunAsync(channel, locks, _cancelled.Token).ConfigureAwait(false);
        }

        if (pace.Next(succeeded, TimeProvider.System.GetElapsedTime(started)) is { Ticks: > 0 } pause)
        {
            await Task.Delay(pause, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static void RenewAll(MessageChannel channel, IReadOnlyList<MessageLock> locks)
    {
        foreach (var held in locks)
        {
            try
            {
                channel.Renew(held.Token);
            }
            catch (BrokerException)
            {
                // The function has settled this one of the batch; the others go on.
            }
        }
    }

    /// <summary>Goes on until the stop; a failure outside the function, such as a full disk, costs a pause.</summary>
    private Func<Task> RepeatAsync(Func<FailurePace, Task> step) => async () =>
    {
        var pace = new FailurePace();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await step(pace).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (BrokerException lost) when (lost.Failure == BrokerFailure.SessionLockLost)
            {
                // The session is free for whoever comes next, this trigger included.
            }
            catch (Exception failure)
            {
                LogReceiveFailed(failure, _queue.Path, _options.Function);
                await Task.Delay(PauseAfterFailure, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    };

    [LoggerMessage(LogLevel.Error, "Receiving from the queue {Queue} for the function {Function} failed; trying again")]
    private partial void LogReceiveFailed(Exception failure, string queue, string function);
}
