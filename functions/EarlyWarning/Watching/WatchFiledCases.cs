using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>Queue <c>filed-cases</c>: all that early warning is told, by one session in order. What is no entry goes to the dead-letter queue with the reason.</summary>
public sealed class WatchFiledCases(WatchDesk desk)
{
    /// <summary>Takes a batch.</summary>
    [Function(nameof(WatchFiledCases))]
    public async Task RunAsync(
        [ServiceBusTrigger(WatchQueue.Name, Connection = "ServiceBusConnection", IsSessionsEnabled = true, IsBatched = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var told = messages.Select(message => (Message: message, Entry: WatchQueue.Read(message))).ToList();
        foreach (var (message, _) in told.Where(item => item.Entry is null))
        {
            await actions.DeadLetterMessageAsync(message, deadLetterReason: "NotAnEntry", deadLetterErrorDescription: "The body is no entry of early warning as this app writes it.", cancellationToken: cancellationToken);
        }

        var entries = told.Where(item => item.Entry is not null).ToList();
        await desk.TakeAsync([.. entries.Select(item => item.Entry!)], durable, cancellationToken);
        foreach (var (message, _) in entries)
        {
            await actions.CompleteMessageAsync(message, cancellationToken);
        }
    }
}
