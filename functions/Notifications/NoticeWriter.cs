using CityBrain.Cases;
using CityBrain.City;
using Microsoft.DurableTask.Client;

namespace CityBrain.Notifications;

/// <summary>Turns steps of cases into notices.</summary>
public sealed class NoticeWriter(NoticePublisher publisher, CityModel city) : IOutboxHandler
{
    /// <inheritdoc/>
    public Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken) => NoticeRules.For(entry, city.Areas) switch
    {
        [] => Task.CompletedTask,
        [var only] => publisher.PublishAsync(only, cancellationToken),
        var notices => Task.WhenAll(notices.Select(notice => publisher.PublishAsync(notice, cancellationToken))),
    };
}
