using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.ServiceBus.Triggers;

/// <summary>
/// Runs a function for some messages and settles those that the function has not settled itself: completed when it succeeds and
/// auto-complete is on, abandoned when it fails, given back uncounted when its worker is lost.
/// </summary>
internal sealed partial class MessageInvocation(QueueTriggerOptions options, MessageQueue queue, LockTokens tokens, IMessageFunction function, ILogger logger)
{
    private string? DeadLetterSource => queue.DeadLetters is null ? queue.Options.Name : null;

    /// <returns>True when the function succeeded.</returns>
    public async Task<bool> RunAsync(MessageChannel channel, IReadOnlyList<MessageLock> locks, CancellationToken cancelled)
    {
        var messages = new List<TriggerMessage>(locks.Count);
        foreach (var held in locks)
        {
            tokens.Add(held.Token, queue, channel);
            var content = MessageEncoder.Encode(held.Message, held.Message.DeliveryCount + 1, held.LockedUntil, DeadLetterSource).ToArray(held.Token.ToByteArray());
            messages.Add(new TriggerMessage(held.Token, held.Message.SessionId, held.Message.SequenceNumber, held.LockedUntil, content));
        }

        Settlement? rest = Settlement.Abandon;
        try
        {
            await function.RunAsync(messages, cancelled).ConfigureAwait(false);
            rest = options.AutoCompleteMessages ? Settlement.Complete : null;
            return true;
        }
        catch (WorkerLostException lost)
        {
            LogWorkerLost(lost, options.Function, locks.Count);
            rest = Settlement.Release;
            return false;
        }
        catch (Exception failure)
        {
            LogFailed(failure, options.Function, locks.Count);
            return false;
        }
        finally
        {
            await SettleAsync(channel, [.. locks.Where(held => tokens.Remove(held.Token))], rest).ConfigureAwait(false);
        }
    }

    /// <summary>Gives messages back that no function has seen.</summary>
    public Task ReleaseAsync(MessageChannel channel, IReadOnlyList<MessageLock> locks) => SettleAsync(channel, locks, Settlement.Release);

    private async Task SettleAsync(MessageChannel channel, IReadOnlyList<MessageLock> unsettled, Settlement? settlement)
    {
        if (settlement is null || unsettled.Count == 0)
        {
            return;
        }

        var refusals = await queue.SettleAsync([.. unsettled.Select(held => new SettlementRequest(channel, held.Token, settlement))]).ConfigureAwait(false);
        for (var i = 0; i < refusals.Length; i++)
        {
            if (refusals[i] is { } refused)
            {
                LogNotSettled(refused, unsettled[i].Message.SequenceNumber, queue.Path, settlement.Kind, options.Function);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The worker was lost while {Function} ran; its {Count} messages are available again, and the delivery is not counted")]
    private partial void LogWorkerLost(Exception lost, string function, int count);

    [LoggerMessage(LogLevel.Error, "{Function} failed; its {Count} messages come again unless it settled them")]
    private partial void LogFailed(Exception failure, string function, int count);

    [LoggerMessage(LogLevel.Warning, "Message {SequenceNumber} of the queue {Queue} could not be settled ({Kind}) after {Function}; it comes again")]
    private partial void LogNotSettled(Exception refused, long sequenceNumber, string queue, SettlementKind kind, string function);
}
