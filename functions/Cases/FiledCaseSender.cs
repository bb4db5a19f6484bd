using Azure.Messaging.ServiceBus;
using Microsoft.DurableTask.Client;

namespace CityBrain.Cases;

/// <summary>What early warning learns of a case when it leaves intake.</summary>
public sealed record FiledCase(string CaseId, string Text, DateTimeOffset FiledAt, string? CategoryCode, string? AreaId, string? ReporterKey);

/// <summary>Sends each case that leaves intake to the queue <c>filed-cases</c>, in one session, so that one reader sees them in order.</summary>
public sealed class FiledCaseSender(ServiceBusClient client) : IOutboxHandler, IAsyncDisposable
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "filed-cases";

    /// <summary>The one session: its receiver is the only writer of topics.</summary>
    public const string Session = "city";

    private readonly ServiceBusSender _sender = client.CreateSender(Queue);

    /// <inheritdoc/>
    public Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (entry.Text is null || entry.After.Kind is not OriginKind.Appeal)
        {
            return Task.CompletedTask;
        }

        var filed = new FiledCase(entry.After.CaseId, entry.Text, entry.After.FiledAt, entry.After.CategoryCode, entry.After.AreaId, entry.ReporterKey);
        var message = new ServiceBusMessage(CityJson.Write(filed))
        {
            MessageId = $"{entry.After.CaseId}-{entry.After.Version}",
            SessionId = Session,
            ContentType = "application/json",
        };
        return _sender.SendMessageAsync(message, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _sender.DisposeAsync();
}
