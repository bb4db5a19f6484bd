using CityBrain.Cases;
using CityBrain.City;
using Microsoft.DurableTask.Client;

namespace CityBrain.Notifications;

/// <summary>Turns steps of cases into notices: stores them, and hands those of a channel with a webhook to the queue.</summary>
public sealed class NoticeWriter(NoticeStore store, NoticeQueue queue, TeamsWebhooks webhooks, CityModel city) : IOutboxHandler
{
    /// <inheritdoc/>
    public Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken) => NoticeRules.For(entry, city.Areas) switch
    {
        [] => Task.CompletedTask,
        [var only] => WriteAsync(only, cancellationToken),
        var notices => Task.WhenAll(notices.Select(notice => WriteAsync(notice, cancellationToken))),
    };

    private async Task WriteAsync(Notice notice, CancellationToken cancellationToken)
    {
        await store.WriteAsync(notice, cancellationToken);
        if (webhooks.Of(notice.Channel) is not null)
        {
            await queue.SendAsync(notice, NoticeTimes.SendAt(notice, city), cancellationToken);
        }
    }
}
