using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.Functions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Functions.Triggers;

/// <summary>
/// Brings the messages of one queue to one function: up to <c>maxConcurrentCalls</c> messages at the same moment, or one batch after the
/// other, or up to <c>maxConcurrentSessions</c> sessions, each with one invocation at a time.
/// </summary>
internal sealed class MessagePump(
    ServiceBusTriggerFunction function, HostJsonOptions.ServiceBusOptions options, IFunctionInvoker invoker, ServiceBusClient client, TimeSpan lockDuration, ILogger logger) : IDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly LockRenewal _renewal = new(lockDuration, options.MaxAutoLockRenewalDuration);
    private readonly MessageDispatch _dispatch = new(function, invoker, logger);

    /// <summary>Completes when the pump has stopped and nothing runs any more.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Start(CancellationToken stopping) => Completion = function.IsSessionsEnabled
        ? Task.WhenAll(Enumerable.Range(0, options.MaxConcurrentSessions).Select(_ => RepeatAsync(() => RunSessionAsync(stopping), stopping)))
        : function.IsBatched ? RepeatAsync(() => RunBatchAsync(stopping), stopping)
        : RunSingleAsync(stopping);

    /// <inheritdoc/>
    public void Dispose() => _renewal.Dispose();

    private async Task RunSingleAsync(CancellationToken stopping)
    {
        var receiver = client.CreateReceiver(function.Queue);
        using var slots = new SemaphoreSlim(options.MaxConcurrentCalls);
        await RepeatAsync(
            async () =>
            {
                await slots.WaitAsync(stopping).ConfigureAwait(false);
                var free = 1;
                while (slots.Wait(0, CancellationToken.None))
                {
                    free++;
                }

                IReadOnlyList<ServiceBusReceivedMessage> messages = [];
                try
                {
                    messages = await receiver.ReceiveMessagesAsync(free, cancellationToken: stopping).ConfigureAwait(false);
                }
                finally
                {
                    if (free > messages.Count)
                    {
                        slots.Release(free - messages.Count);
                    }
                }

                foreach (var message in messages)
                {
                    _ = RunInSlotAsync(receiver, message, slots, stopping);
                }
            },
            stopping).ConfigureAwait(false);
        for (var i = 0; i < options.MaxConcurrentCalls; i++)
        {
            await slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task RunInSlotAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, SemaphoreSlim slots, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            using var kept = _renewal.Keep(() => receiver.RenewMessageLockAsync(message));
            await _dispatch.RunAsync(receiver, [message], stopping).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task RunBatchAsync(CancellationToken stopping)
    {
        var receiver = client.CreateReceiver(function.Queue);
        var messages = await receiver.ReceiveMessagesAsync(options.MaxMessageBatchSize, cancellationToken: stopping).ConfigureAwait(false);
        if (messages.Count > 0)
        {
            using var kept = _renewal.Keep(() => Task.WhenAll(messages.Select(message => receiver.RenewMessageLockAsync(message))));
            await _dispatch.RunAsync(receiver, messages, stopping).ConfigureAwait(false);
        }
    }

    private async Task RunSessionAsync(CancellationToken stopping)
    {
        ServiceBusSessionReceiver session;
        try
        {
            session = await client.AcceptNextSessionAsync(function.Queue, cancellationToken: stopping).ConfigureAwait(false);
        }
        catch (ServiceBusException none) when (none.Reason == ServiceBusFailureReason.ServiceTimeout)
        {
            return;
        }

        await using (session.ConfigureAwait(false))
        {
            var released = false;
            while (!released && !stopping.IsCancellationRequested && await NextOfSessionAsync(session, stopping).ConfigureAwait(false) is { Count: > 0 } messages)
            {
                using var kept = _renewal.Keep(() => session.RenewSessionLockAsync());
                released = await _dispatch.RunAsync(session, messages, stopping).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits up to the idle timeout; the session's lock is renewed meanwhile.</summary>
    private async Task<IReadOnlyList<ServiceBusReceivedMessage>> NextOfSessionAsync(ServiceBusSessionReceiver session, CancellationToken stopping)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (options.SessionIdleTimeout - TimeProvider.System.GetElapsedTime(started) is { } left && left > TimeSpan.Zero)
        {
            await session.RenewSessionLockAsync(stopping).ConfigureAwait(false);
            var slice = left < lockDuration / 2 ? left : lockDuration / 2;
            var messages = await session.ReceiveMessagesAsync(function.IsBatched ? options.MaxMessageBatchSize : 1, slice, stopping).ConfigureAwait(false);
            if (messages.Count > 0)
            {
                return messages;
            }
        }

        return [];
    }

    /// <summary>Goes on until the stop; a failure outside the function, such as a lost session or a full disk, costs a pause.</summary>
    private async Task RepeatAsync(Func<Task> step, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await step().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (ServiceBusException lost) when (lost.Reason == ServiceBusFailureReason.SessionLockLost)
            {
                // The session is free for whoever comes next, this pump included.
            }
            catch (Exception failure)
            {
                logger.LogError(failure, "Receiving from the queue {Queue} for the function {Function} failed; trying again", function.Queue, function.Function.Name);
                await Task.Delay(PauseAfterFailure, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
