using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.TestApp;

/// <summary>Service Bus functions of each sort. What a message says decides what becomes of it.</summary>
public sealed class QueueFunctions(Marks marks)
{
    /// <summary>One message at a time, completed by the host.</summary>
    [Function(nameof(TakeOne))]
    public void TakeOne([ServiceBusTrigger("single", Connection = "ServiceBusConnection")] ServiceBusReceivedMessage message)
    {
        marks.Add($"one {message.Body} {message.DeliveryCount}");
        if (message.Body.ToString() == "fail")
        {
            throw new InvalidOperationException("told to");
        }
    }

    /// <summary>Batches, settled by the function.</summary>
    [Function(nameof(TakeMany))]
    public async Task TakeMany(
        [ServiceBusTrigger("batch", Connection = "ServiceBusConnection", IsBatched = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            marks.Add($"many {message.Body} {message.DeliveryCount} {(message.ApplicationProperties.TryGetValue("tries", out var tries) ? tries : "")}");
            await (message.Body.ToString() switch
            {
                "bad" => actions.DeadLetterMessageAsync(message, new() { ["by"] = "TakeMany" }, "unreadable", "it says bad", cancellationToken),
                "again" when message.DeliveryCount == 1 => actions.AbandonMessageAsync(message, new Dictionary<string, object> { ["tries"] = 1 }, cancellationToken),
                _ => actions.CompleteMessageAsync(message, cancellationToken),
            });
        }
    }

    /// <summary>Batches of one session after the other.</summary>
    [Function(nameof(TakeSession))]
    public void TakeSession([ServiceBusTrigger("ordered", Connection = "ServiceBusConnection", IsSessionsEnabled = true, IsBatched = true)] ServiceBusReceivedMessage[] messages)
    {
        foreach (var message in messages)
        {
            marks.Add($"session {message.SessionId} {message.Body}");
        }
    }
}
