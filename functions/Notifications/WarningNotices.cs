using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;

namespace CityBrain.Notifications;

/// <summary>Turns warnings into notices.</summary>
public sealed class WarningNotices(NoticePublisher publisher, CityModel city) : IWarningNotices
{
    /// <inheritdoc/>
    public Task TellAsync(Warning warning, string? caseId, CancellationToken cancellationToken) =>
        Task.WhenAll(For(warning, caseId, city).Select(notice => publisher.PublishAsync(notice, cancellationToken)));

    /// <inheritdoc/>
    public Task TellAsync(WarningDigest digest, CancellationToken cancellationToken) => publisher.PublishAsync(For(digest), cancellationToken);

    /// <summary>The notices of a warning: to the duty officers, the department that leads such matters, and those who answer for the street. Pure.</summary>
    public static IReadOnlyList<Notice> For(Warning warning, string? caseId, CityModel city)
    {
        var item = city.Catalogue.Find(warning.CategoryCode) ?? city.Catalogue.Other;
        var area = warning.Areas.Count > 0 ? city.Areas.Find(warning.Areas[0]) ?? city.Areas.City : city.Areas.City;
        var street = area.Level >= AreaLevel.Street ? city.Areas.AtLevel(area.Id, AreaLevel.Street) : area;
        var department = city.LeadOf(item, area.Id).Id;
        var news = new WarningNews(caseId, warning.Level, warning.Onset, warning.Reporters, warning.Signs.Where(sign => sign.IsOfPeople).Select(sign => sign.Expected).DefaultIfEmpty().Min(), warning.Devices);
        var kind = warning.Revision == 1 ? NoticeKind.WarningRaised : NoticeKind.WarningGrown;
        return [.. new[] { NoticeChannels.Duty, NoticeChannels.Department(department), NoticeChannels.Area(street) }.Distinct().Select(channel =>
            new Notice(channel, kind, warning.Id, warning.Revision, warning.Told.At, warning.CategoryCode, area.Id, department) { Warning = news })];
    }

    /// <summary>The notice of the warnings of a day. The same day is the same notice.</summary>
    public static Notice For(WarningDigest digest) =>
        new(NoticeChannels.Duty, NoticeKind.WarningDigest, $"warnings-{digest.Day:yyyyMMdd}", 0, digest.At) { Warnings = digest };
}
