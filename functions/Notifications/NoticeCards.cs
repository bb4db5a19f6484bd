using System.Globalization;
using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.Feedback;
using CityBrain.Resources;
using Microsoft.Extensions.Options;

namespace CityBrain.Notifications;

/// <summary>Puts notices into words and cards. Nothing in a card comes from the wording of an appeal.</summary>
public sealed class NoticeCards(CityModel city, FeedbackTokens tokens, IOptions<TeamsOptions> options)
{
    private readonly string _site = options.Value.PublicUrl.TrimEnd('/');

    /// <summary>The card of one notice.</summary>
    public AdaptiveCard Of(Notice notice, Texts texts)
    {
        var color = ColorOf(notice);
        return new AdaptiveCard(
            [
                new TextBlock(TitleOf(notice, texts), Size: "Medium", Weight: "Bolder", Color: color),
                new TextBlock(texts["NoticeLead_" + notice.Kind], Spacing: "Small", IsSubtle: true),
                .. notice.Digest is { } week ? DigestCard.Of(week, city, texts) : notice.Warnings is { } day ? WarningCard.Of(day, city, texts) : [new FactSet([.. FactsOf(notice, texts)])],
            ],
            [ActionOf(notice, texts)]);
    }

    /// <summary>One card for several notices of a channel, oldest first; those beyond <paramref name="most"/> are only counted.</summary>
    public AdaptiveCard Digest(IReadOnlyList<Notice> notices, int most, Texts texts)
    {
        var lines = notices.Take(most).Select(notice => (CardElement)new Container(
            [
                new TextBlock(TitleOf(notice, texts), Weight: "Bolder", Color: ColorOf(notice)),
                new TextBlock(string.Join(" · ", FactsOf(notice, texts).Select(fact => fact.Value)), Spacing: "None", IsSubtle: true),
            ],
            ActionOf(notice, texts),
            Separator: true));
        var left = notices.Count - most;
        var channel = notices[0].Channel;
        return new AdaptiveCard(
            [
                new TextBlock(texts.Format("DigestTitle", notices.Count, NameOf(channel, texts)), Size: "Medium", Weight: "Bolder"),
                new FactSet([.. notices.CountBy(notice => notice.Kind).OrderBy(kind => kind.Key).Select(kind => new Fact(texts.Of(kind.Key), kind.Value.ToString(texts.Culture)))]),
                .. lines,
                .. left > 0 ? new CardElement[] { new TextBlock(texts.Format("DigestMore", left), IsSubtle: true) } : [],
            ],
            [new OpenUrl(texts["OpenNotices"], $"{_site}/api/notices?channel={channel}&lang={texts.Language}")]);
    }

    /// <summary>What people call a channel.</summary>
    public string NameOf(string channel, Texts texts) => NoticeChannels.NameOf(channel, city) is { } name ? texts.In(name) : texts["Channel_" + channel];

    /// <summary>One line that says it all.</summary>
    public static string TitleOf(Notice notice, Texts texts) => notice switch
    {
        { Kind: NoticeKind.Reminder, Rung: { Percent: < 100 } rung } => texts.Format("ReminderBefore", texts.Of(rung.Clock), rung.Percent),
        { Kind: NoticeKind.Reminder, Rung: { } rung } => texts.Format("ReminderAfter", texts.Of(rung.Clock), rung.Percent),
        _ => texts.Of(notice.Kind),
    };

    /// <summary>Where its button leads.</summary>
    public OpenUrl ActionOf(Notice notice, Texts texts) => notice.FeedbackRound is { } round
        ? new OpenUrl(texts["OpenFeedback"], string.Create(CultureInfo.InvariantCulture, $"{_site}/api/feedback/{tokens.Create(notice.CaseId, round)}"))
        : notice.Warning is not null ? new OpenUrl(texts["OpenWarning"], $"{_site}/api/cockpit?lang={texts.Language}&warning={notice.CaseId}")
        : notice.Warnings is not null ? new OpenUrl(texts["OpenCockpit"], $"{_site}/api/cockpit?lang={texts.Language}")
        : notice.Digest is not null || notice.Emergency is not null ? new OpenUrl(texts["OpenCockpit"], $"{_site}/api/cockpit?lang={texts.Language}")
        : new OpenUrl(texts["OpenCase"], $"{_site}/api/cockpit?lang={texts.Language}&case={notice.CaseId}");

    private IEnumerable<Fact> FactsOf(Notice notice, Texts texts)
    {
        var item = city.Catalogue.Find(notice.CategoryCode ?? "");
        if (item is not null)
        {
            yield return new Fact(texts["Category"], texts.In(item.Name));
        }

        if (notice.Emergency is { } emergency)
        {
            yield return new Fact(texts["EmergencyPlan"], texts.In(emergency.Plan));
            yield return new Fact(texts["EmergencyLevel"], texts.Of(emergency.Level));
        }

        if (PlaceName.Of(notice.AreaId, city.Areas) is { } place)
        {
            yield return new Fact(texts["Area"], texts.In(place));
        }

        if (notice.Emergency is { Tasks: { Count: > 0 } tasks })
        {
            yield return new Fact(texts["EmergencyTasks"], string.Join(texts["ListComma"], tasks.Select(texts.In)));
        }

        if (notice.Kind is not NoticeKind.AskReporter && city.Departments.Find(notice.Department ?? "") is { } department)
        {
            yield return new Fact(texts["Department"], texts.In(department.Name));
        }

        foreach (var fact in notice.Warning is { } warning ? WarningCard.FactsOf(warning, city, texts) : [])
        {
            yield return fact;
        }

        if (notice.Kind is not NoticeKind.AskReporter && item is { Urgency: not Urgency.Routine })
        {
            yield return new Fact(texts["Urgency"], texts.Of(item.Urgency));
        }

        if ((notice.Rung?.Due ?? notice.DueAt) is { } due && notice.Kind is NoticeKind.Dispatched or NoticeKind.Reminder or NoticeKind.WhistleReminder or NoticeKind.WhistleAbsent)
        {
            yield return new Fact(texts[notice.Kind is NoticeKind.Dispatched ? "SignDue" : "DueAt"], texts.Time(due, city.TimeZone));
        }

        if (notice is { Kind: NoticeKind.Dispatched or NoticeKind.OverdueReminder or NoticeKind.OverdueNotice or NoticeKind.OverdueCriticism, ResolveDue: { } resolve })
        {
            yield return new Fact(texts["ResolveDue"], texts.Time(resolve, city.TimeZone));
        }
    }

    private string? ColorOf(Notice notice) => notice switch
    {
        { Rung.Percent: >= 100 } or { Kind: NoticeKind.OverdueCriticism or NoticeKind.EmergencyOrder or NoticeKind.EmergencyReminder or NoticeKind.EmergencyClimbed } => "Attention",
        { Warning.Level: WarningLevel.Orange or WarningLevel.Red } => "Attention",
        { Warning.Level: WarningLevel.Yellow } => "Warning",
        { Kind: NoticeKind.Reminder or NoticeKind.Arbitration or NoticeKind.WhistleReminder or NoticeKind.ReplyUnreviewed or NoticeKind.OverdueReminder or NoticeKind.OverdueNotice } => "Warning",
        _ when city.Catalogue.Find(notice.CategoryCode ?? "")?.Urgency is Urgency.LifeSafety => "Attention",
        _ => null,
    };
}
