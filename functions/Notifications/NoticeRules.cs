using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Supervision;

namespace CityBrain.Notifications;

/// <summary>Who is told of a step of a case. Pure; the same step gives the same notices.</summary>
public static class NoticeRules
{
    /// <summary>The notices of an outbox entry: mostly none, one as a rule, two for a reminder.</summary>
    public static IReadOnlyList<Notice> For(OutboxEntry entry, AreaMap areas) => (entry.Step.Action, entry.After) switch
    {
        (CaseAction.AskReview, _) => [Of(entry, NoticeChannels.Duty, NoticeKind.TriageReview)],
        (CaseAction.Whistle or CaseAction.CloseWhistle or CaseAction.Contribute or CaseAction.RemindWhistle, _) => OfWhistle(entry, areas),
        (CaseAction.LapseBypass, _) => [Of(entry, NoticeChannels.Duty, NoticeKind.BypassUnreviewed)],
        (CaseAction.AskRelease or CaseAction.ExpireRelease, _) => [Of(entry, NoticeChannels.Duty, NoticeKind.ReleaseReview)],
        (CaseAction.EscalateReturn, _) => [Of(entry, NoticeChannels.Duty, NoticeKind.Arbitration)],
        (CaseAction.Refer, _) => [Of(entry, NoticeChannels.Duty, NoticeKind.Referred)],
        (CaseAction.CloseUnanswered, { Kind: OriginKind.Appeal }) => [Of(entry, NoticeChannels.Duty, NoticeKind.ClosedUnanswered)],
        (CaseAction.PassReply or CaseAction.AskReporter, { Kind: OriginKind.Appeal, FeedbackRound: not null }) => [Of(entry, NoticeChannels.Reporters, NoticeKind.AskReporter)],
        (CaseAction.Dispatch or CaseAction.Release or CaseAction.Arbitrate or CaseAction.Reassign, { Department: { } department }) =>
            [Of(entry, NoticeChannels.Department(department), NoticeKind.Dispatched)],
        (CaseAction.AskReplyReview, { Department: { } department }) => [Of(entry, NoticeChannels.Department(department), NoticeKind.ReplyReview)],
        (CaseAction.LapseReplyReview, _) => [Of(entry, NoticeChannels.Duty, NoticeKind.ReplyUnreviewed)],
        (CaseAction.RejectReply, { Department: { } department }) => [Of(entry, NoticeChannels.Department(department), NoticeKind.ReplyRejected)],
        (CaseAction.SettleItem, { OpenItems: 0, Department: { } department }) => [Of(entry, NoticeChannels.Department(department), NoticeKind.ItemsSettled)],
        (CaseAction.Urge, { Department: { } department }) => [Of(entry, NoticeChannels.Department(department), NoticeKind.Urged)],
        (CaseAction.Remind or CaseAction.Climb, { Department: { } department }) when entry.Rung is { } rung =>
            [.. new[] { NoticeChannels.Department(department), NoticeChannels.Department(entry.After.ActingLead ?? department), Supervisor(entry.After, rung.Role, areas) }.Distinct().Select(channel => Of(entry, channel, NoticeKind.Reminder))],
        _ => [],
    };

    /// <summary>Who is told of a step of a whistle: its parties; of a contribution the lead; of what is overdue also the lead and the street, of an absence the duty officers too.</summary>
    private static IReadOnlyList<Notice> OfWhistle(OutboxEntry entry, AreaMap areas)
    {
        var parties = (entry.Whistle?.Parties ?? []).Select(NoticeChannels.Department);
        string[] lead = entry.After.Department is { } department ? [NoticeChannels.Department(department)] : [];
        var (kind, channels) = (entry.Step.Action, entry.Whistle?.Rung) switch
        {
            (CaseAction.Whistle, _) => (NoticeKind.WhistleBlown, parties),
            (CaseAction.CloseWhistle, _) => (NoticeKind.WhistleClosed, parties),
            (CaseAction.Contribute, _) => (NoticeKind.WhistleContributed, lead),
            (_, { Percent: >= 100, Clock: ClockKind.ReportIn }) => (NoticeKind.WhistleAbsent, [.. parties, .. lead, Supervisor(entry.After, DutyRole.Street, areas), NoticeChannels.Duty]),
            (_, { Percent: >= 100 }) => (NoticeKind.WhistleReminder, [.. parties, .. lead, Supervisor(entry.After, DutyRole.Street, areas)]),
            _ => (NoticeKind.WhistleReminder, parties),
        };
        return [.. channels.Distinct().Select(channel => Of(entry, channel, kind) with { Rung = entry.Whistle?.Rung })];
    }

    /// <summary>The notices of a step of supervision: to the department; of criticism also to the district and to the duty officers.</summary>
    public static IReadOnlyList<Notice> For(OverdueEntry entry, AreaMap areas)
    {
        var kind = entry.Step switch
        {
            OverdueStep.Reminder => NoticeKind.OverdueReminder,
            OverdueStep.Notice => NoticeKind.OverdueNotice,
            _ => NoticeKind.OverdueCriticism,
        };
        var channels = new List<string> { NoticeChannels.Department(entry.Department) };
        if (entry.Step is OverdueStep.Criticism)
        {
            channels.Add(NoticeChannels.Duty);
            if (areas.Find(entry.DistrictId ?? "") is { } district)
            {
                channels.Add(NoticeChannels.Area(district));
            }
        }

        return [.. channels.Select(channel => new Notice(channel, kind, entry.CaseId, entry.Version, entry.At, entry.CategoryCode, entry.AreaId, entry.Department, ResolveDue: entry.DueAt))];
    }

    /// <summary>The notice of a week, to those who answer for the area. The same week of the same area is the same notice.</summary>
    public static Notice For(WeeklyDigest digest, AreaMap areas) =>
        new(NoticeChannels.Area(areas.Find(digest.AreaId) ?? areas.City), NoticeKind.WeeklyDigest, "week-" + digest.Week, 0, digest.At, AreaId: digest.AreaId, Digest: digest);

    /// <summary>The channel of the area at the level of a duty role; when the case is not known that finely, of the smallest area that is.</summary>
    private static string Supervisor(CaseSummary summary, DutyRole role, AreaMap areas)
    {
        var level = Escalating.LevelOf(role);
        var area = areas.Find(summary.AreaId ?? "") ?? areas.City;
        return NoticeChannels.Area(level <= area.Level ? areas.AtLevel(area.Id, level) : area);
    }

    private static Notice Of(OutboxEntry entry, string channel, NoticeKind kind) => new(
        channel,
        kind,
        entry.After.CaseId,
        entry.After.Version,
        entry.Step.At,
        entry.After.CategoryCode,
        entry.After.AreaId,
        entry.After.Department,
        entry.After.DueAt,
        entry.After.ResolveDue,
        entry.Rung,
        kind is NoticeKind.AskReporter ? entry.After.FeedbackRound : null);
}
