using CityBrain.City;
using CityBrain.Supervision;

namespace CityBrain.Notifications;

/// <summary>Turns what supervision found into notices.</summary>
public sealed class SupervisionNotices(NoticePublisher publisher, CityModel city) : ISupervisionNotices
{
    /// <inheritdoc/>
    public Task TellAsync(OverdueEntry entry, CancellationToken cancellationToken) =>
        Task.WhenAll(NoticeRules.For(entry, city.Areas).Select(notice => publisher.PublishAsync(notice, cancellationToken)));

    /// <inheritdoc/>
    public Task TellAsync(WeeklyDigest digest, CancellationToken cancellationToken) => publisher.PublishAsync(NoticeRules.For(digest, city.Areas), cancellationToken);
}
