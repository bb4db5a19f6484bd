using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Functions.Triggers;

/// <summary>
/// Runs a function for some messages and settles those that the function has not settled itself: completed when it succeeds and
/// auto-complete is on, abandoned when it throws.
/// </summary>
internal sealed class MessageDispatch(ServiceBusTriggerFunction function, IFunctionInvoker invoker, ILogger logger)
{
    /// <returns>True when the function asks for the release of its session.</returns>
    public async Task<bool> RunAsync(ServiceBusReceiver receiver, IReadOnlyList<ServiceBusReceivedMessage> messages, CancellationToken stopping)
    {
        var actions = new ServiceBusMessageActions(receiver);
        var session = receiver is ServiceBusSessionReceiver held ? new ServiceBusSessionMessageActions(held) : null;
        var succeeded = false;
        try
        {
            // Received while the host began to stop: they stay in the queue.
            if (!stopping.IsCancellationRequested)
            {
                await invoker.InvokeAsync(function.Invocation(messages, actions, session), CancellationToken.None).ConfigureAwait(false);
                succeeded = true;
            }
        }
        catch (Exception)
        {
            // The invoker has logged it; the message comes again, and is dead-lettered when it fails too often.
        }

        if (!succeeded || function.AutoComplete)
        {
            await Task.WhenAll(messages.Where(message => !actions.HasSettled(message)).Select(message => SettleAsync(receiver, message, succeeded))).ConfigureAwait(false);
        }

        return session?.IsReleased == true;
    }

    private async Task SettleAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, bool complete)
    {
        try
        {
            await (complete ? receiver.CompleteMessageAsync(message) : receiver.AbandonMessageAsync(message)).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            logger.LogWarning(
                failure, "Message {SequenceNumber} of the queue {Queue} could not be {Outcome} after {Function}; it comes again", message.SequenceNumber, function.Queue, complete ? "completed" : "abandoned", function.Function.Name);
        }
    }
}
