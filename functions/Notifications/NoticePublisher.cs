using CityBrain.City;

namespace CityBrain.Notifications;

/// <summary>Stores a notice, and hands it to the queue when its channel has a webhook, or a hotline may have to call. To publish the same again is to publish it once.</summary>
public sealed class NoticePublisher(NoticeStore store, NoticeQueue queue, TeamsWebhooks webhooks, HotlineCalls hotlines, CityModel city)
{
    /// <summary>Publishes a notice.</summary>
    public async Task PublishAsync(Notice notice, CancellationToken cancellationToken)
    {
        await store.WriteAsync(notice, cancellationToken);
        if (webhooks.Of(notice.Channel) is not null || (hotlines.Any && notice.FeedbackRound is not null))
        {
            await queue.SendAsync(notice, NoticeTimes.SendAt(notice, city), cancellationToken);
        }
    }
}
