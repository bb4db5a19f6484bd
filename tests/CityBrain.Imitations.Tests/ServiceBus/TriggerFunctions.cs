using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Tests.ServiceBus;

/// <summary>The functions that the trigger tests run.</summary>
public static class TriggerFunctions
{
    public sealed class Text(TriggerProbe probe)
    {
        [Function("Text")]
        public void Run([ServiceBusTrigger("%TextQueue%")] string body, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            probe.Seen.Enqueue(body);
        }
    }

    public sealed class Single(TriggerProbe probe)
    {
        [Function("Single")]
        public Task Run([ServiceBusTrigger("q")] ServiceBusReceivedMessage message) => probe.RunAsync(message.MessageId, async () =>
        {
            probe.Seen.Enqueue($"{message.MessageId}#{message.DeliveryCount}");
            if (message.MessageId.StartsWith("bad", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("bad message");
            }

            if (message.MessageId.StartsWith("wait", StringComparison.Ordinal))
            {
                await probe.Gate.Task;
            }
        });
    }

    public sealed class Cancellable(TriggerProbe probe)
    {
        [Function("Cancellable")]
        public async Task Run([ServiceBusTrigger("q")] BinaryData body, CancellationToken cancellationToken)
        {
            probe.Seen.Enqueue(body.ToString());
            await probe.Gate.Task.WaitAsync(cancellationToken);
        }
    }

    public sealed class Manual(TriggerProbe probe)
    {
        [Function("Manual")]
        public void Run([ServiceBusTrigger("q", AutoCompleteMessages = false)] ServiceBusReceivedMessage message) => probe.Seen.Enqueue($"{message.MessageId}#{message.DeliveryCount}");
    }

    public sealed class Batch(TriggerProbe probe)
    {
        [Function("Batch")]
        public async Task Run([ServiceBusTrigger("q", IsBatched = true)] ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken cancellationToken)
        {
            await probe.Gate.Task;
            foreach (var message in messages)
            {
                if (message.MessageId == "bad")
                {
                    await actions.DeadLetterMessageAsync(message, deadLetterReason: "Malformed", deadLetterErrorDescription: "not an event", cancellationToken: cancellationToken);
                }
            }

            probe.Seen.Enqueue(string.Join(',', messages.Select(message => message.MessageId)));
        }
    }

    public sealed class Sessions(TriggerProbe probe)
    {
        [Function("Sessions")]
        public Task Run(
            [ServiceBusTrigger("q", IsSessionsEnabled = true)] ServiceBusReceivedMessage message, ServiceBusSessionMessageActions session, CancellationToken cancellationToken) =>
            probe.RunAsync(message.SessionId!, async () =>
            {
                var before = (await session.GetSessionStateAsync(cancellationToken)).ToString();
                await Task.Delay(5, cancellationToken);
                probe.Seen.Enqueue($"{message.SessionId}:{message.Body}:{before}");
                await session.SetSessionStateAsync(BinaryData.FromString(message.Body.ToString()), cancellationToken);
            });
    }

    public static class WrongParameter
    {
        [Function("WrongParameter")]
        public static void Run([ServiceBusTrigger("q")] int number) => ArgumentOutOfRangeException.ThrowIfNegative(number);
    }
}
