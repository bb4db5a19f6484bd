using System.Text.Json;
using Azure.Messaging.ServiceBus;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>The queue <c>filed-cases</c>: all that early warning is told, in one session, so that one reader sees it in order.</summary>
public sealed class WatchQueue(ServiceBusClient client) : IAsyncDisposable
{
    /// <summary>Name of the queue.</summary>
    public const string Name = "filed-cases";

    /// <summary>The one session: its receiver is the only writer of topics and warnings.</summary>
    public const string Session = "city";

    private readonly Lazy<ServiceBusSender> _sender = new(() => client.CreateSender(Name));

    /// <summary>Sends an entry; the message id is its key, so a queue that detects duplicates drops a second one.</summary>
    public Task SendAsync(WatchEntry entry, CancellationToken cancellationToken) => _sender.Value.SendMessageAsync(
        new ServiceBusMessage(CityJson.Write(entry)) { MessageId = entry.Key, SessionId = Session, ContentType = "application/json" },
        cancellationToken);

    /// <summary>The entry of a message; null when it holds none.</summary>
    public static WatchEntry? Read(ServiceBusReceivedMessage message)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<WatchEntry>(message.Body.ToMemory().Span, CityJson.Options);
            return entry is { Key: { Length: > 0 and <= 200 } key } && !key.AsSpan().ContainsAny("/\\#?|") && entry.Case is null or { CaseId: not null, Title: not null, Text: not null } ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _sender.IsValueCreated ? _sender.Value.DisposeAsync() : ValueTask.CompletedTask;
}
