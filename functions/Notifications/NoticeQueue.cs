using System.Text.Json;
using Azure.Messaging.ServiceBus;

namespace CityBrain.Notifications;

/// <summary>The queue <c>notices</c>: what waits to be sent to Teams, one session for each channel.</summary>
public sealed class NoticeQueue(ServiceBusClient client) : IAsyncDisposable
{
    /// <summary>Name of the queue.</summary>
    public const string Name = "notices";

    private readonly Lazy<ServiceBusSender> _sender = new(() => client.CreateSender(Name));

    /// <summary>Sends a notice; the message id is the notice's, so a queue that detects duplicates drops a second one.</summary>
    /// <param name="notice">What to tell.</param>
    /// <param name="at">When to push it; an instant that is past means at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task SendAsync(Notice notice, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var message = new ServiceBusMessage(CityJson.Write(notice)) { MessageId = notice.Id, SessionId = notice.Channel, ContentType = "application/json" };
        if (at > notice.At)
        {
            message.ScheduledEnqueueTime = at;
        }

        return _sender.Value.SendMessageAsync(message, cancellationToken);
    }

    /// <summary>The notice of a message; null when it holds none.</summary>
    public static Notice? Read(ServiceBusReceivedMessage message)
    {
        try
        {
            return JsonSerializer.Deserialize<Notice>(message.Body.ToMemory().Span, CityJson.Options) is { Channel: not null, CaseId: not null } notice ? notice : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _sender.IsValueCreated ? _sender.Value.DisposeAsync() : ValueTask.CompletedTask;
}
