using CityBrain.Resources;

namespace CityBrain.Notifications;

/// <summary>A notice as JSON, in the reader's language.</summary>
/// <param name="Id">The same for the same notice.</param>
/// <param name="Kind">What is told.</param>
/// <param name="Title">One line.</param>
/// <param name="At">When, by the city's clock.</param>
/// <param name="CaseId">Which case.</param>
/// <param name="DueAt">The thing due, if there is one.</param>
/// <param name="Url">Where its button leads.</param>
/// <param name="Card">The card as Teams would get it.</param>
public sealed record NoticeView(string Id, NoticeKind Kind, string Title, DateTimeOffset At, string CaseId, DateTimeOffset? DueAt, string Url, AdaptiveCard Card)
{
    /// <summary>The view of a notice.</summary>
    public static NoticeView Of(Notice notice, NoticeCards cards, Texts texts) => new(
        notice.Id,
        notice.Kind,
        NoticeCards.TitleOf(notice, texts),
        notice.At,
        notice.CaseId,
        notice.Rung?.Due ?? notice.DueAt,
        cards.ActionOf(notice, texts).Url,
        cards.Of(notice, texts));
}
