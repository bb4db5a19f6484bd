using Azure.Messaging.ServiceBus;
using CityBrain.City;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Intake;

/// <summary>
/// Queue <c>sensor-events</c>: CloudEvents from devices, a batch at a time. A message that is no reading of a known device goes to the
/// dead-letter queue with the reason; the others are completed once their rules, and who listens beside them, have taken note.
/// </summary>
public sealed class TakeSensorEvents(SensorDesk desk, IReadingListener listener, CityModel city, TimeProvider clock)
{
    /// <summary>Takes a batch.</summary>
    [Function(nameof(TakeSensorEvents))]
    public Task RunAsync(
        [ServiceBusTrigger("sensor-events", Connection = "ServiceBusConnection", IsBatched = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var parsed = messages.Select(message => (Message: message, Parsed: SensorReading.Parse(message.Body, city.Devices, now))).ToList();
        var refused = parsed.Where(item => item.Parsed.Fault is not null).Select(item => RefuseAsync(item.Message, item.Parsed.Fault!));
        var taken = parsed.Where(item => item.Parsed.Reading is not null).GroupBy(item => item.Parsed.Reading!.DeviceId, StringComparer.Ordinal).Select(async device =>
        {
            var (of, readings) = (city.Devices.Find(device.Key)!, device.Select(item => item.Parsed.Reading!).ToList());
            await desk.TakeAsync(of, readings, durable, cancellationToken);
            await listener.TakeAsync(of, readings, cancellationToken);
            await Task.WhenAll(device.Select(item => actions.CompleteMessageAsync(item.Message, cancellationToken)));
        });
        return Task.WhenAll(refused.Concat(taken));

        Task RefuseAsync(ServiceBusReceivedMessage message, string fault)
        {
            var (reason, description) = (fault[..fault.IndexOf(':', StringComparison.Ordinal)], fault[(fault.IndexOf(':', StringComparison.Ordinal) + 2)..]);
            return actions.DeadLetterMessageAsync(message, deadLetterReason: reason, deadLetterErrorDescription: description, cancellationToken: cancellationToken);
        }
    }
}
