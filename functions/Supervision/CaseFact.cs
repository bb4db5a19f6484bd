using System.Text.Json.Serialization;
using CityBrain.Cases;

namespace CityBrain.Supervision;

/// <summary>
/// What happened in one month to one case, of what departments are judged by. Facts of the same case and month merge in any order and any
/// number of times to the same fact, so a delivery that comes twice, late or from two processes at once does no harm.
/// </summary>
/// <param name="CaseId">Which case.</param>
/// <param name="Kind">Appeal or sensor.</param>
/// <param name="FiledAt">When it was filed.</param>
/// <param name="Department">Who had it, as of the newest step.</param>
/// <param name="AreaId">Smallest known area.</param>
/// <param name="StreetId">Its street-level area, if known.</param>
/// <param name="DistrictId">Its district-level area, if known.</param>
/// <param name="CategoryCode">Catalogue item.</param>
/// <param name="Steps">The steps, oldest first; at least one.</param>
public sealed record CaseFact(
    string CaseId,
    OriginKind Kind,
    DateTimeOffset FiledAt,
    string? Department,
    string? AreaId,
    string? StreetId,
    string? DistrictId,
    string? CategoryCode,
    IReadOnlyList<FactStep> Steps)
{
    /// <summary>The newest version of the case that the fact knows.</summary>
    [JsonIgnore]
    public int Version => Steps[^1].Version;

    /// <summary>The last word of the month on the case: its newest callback or closing; null when there was none.</summary>
    [JsonIgnore]
    public FactStep? Outcome => Steps.LastOrDefault(step => step.Kind is FactKind.Solved or FactKind.Unsolved or FactKind.Unanswered);

    /// <summary>The same fact with the steps of another added. Where and whose it is comes from the newer one.</summary>
    public CaseFact With(CaseFact other)
    {
        var newer = other.Version > Version ? other : this;
        return newer with { Steps = [.. Steps.Concat(other.Steps).DistinctBy(step => step.Version).OrderBy(step => step.Version)] };
    }

    /// <summary>True when both know the same versions of the case.</summary>
    public bool SaysAsMuchAs(CaseFact other) => Steps.Select(step => step.Version).SequenceEqual(other.Steps.Select(step => step.Version));

    /// <summary>The fact of an outbox entry; null for a step that nobody is judged by. Pure.</summary>
    public static CaseFact? Of(OutboxEntry entry)
    {
        FactKind? kind = (entry.Step.Action, entry.Rung ?? entry.Whistle?.Rung) switch
        {
            (CaseAction.ConfirmSolved, _) => FactKind.Solved,
            (CaseAction.ReportUnsolved, _) => FactKind.Unsolved,
            (CaseAction.CloseUnanswered, _) => FactKind.Unanswered,
            (CaseAction.Suspend, _) => FactKind.Suspended,
            (CaseAction.Remind, { Clock: ClockKind.Resolve, Percent: >= 100 }) => FactKind.Overdue,
            (CaseAction.Whistle, _) => FactKind.Whistled,
            (CaseAction.RemindWhistle, { Clock: ClockKind.ReportIn, Percent: >= 100 }) => FactKind.PartyAbsent,
            _ => null,
        };
        if (kind is not { } known)
        {
            return null;
        }

        var after = entry.After;
        var step = new FactStep(after.Version, entry.Step.At, known, entry.Step.From, after.ResolveDue, entry.Outcome?.Contacted, entry.Outcome?.Satisfied, entry.Outcome?.RepliedAt, entry.Whistle?.Parties);
        return new CaseFact(after.CaseId, after.Kind, after.FiledAt, after.Department, after.AreaId, after.StreetId, after.DistrictId, after.CategoryCode, [step]);
    }
}

/// <summary>One countable step.</summary>
/// <param name="Version">The version of the case that it made.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What happened.</param>
/// <param name="From">The state before: an unsolved that comes from Closed tells of a closing that was none.</param>
/// <param name="ResolveDue">When the reply was due.</param>
/// <param name="Contacted">The reporter's word; null when there is none.</param>
/// <param name="Satisfied">The reporter's word; null when there is none.</param>
/// <param name="RepliedAt">When the department replied.</param>
/// <param name="Parties">Of a whistle, who was called; of an absence, who did not come.</param>
public sealed record FactStep(
    int Version,
    DateTimeOffset At,
    FactKind Kind,
    CaseState From,
    DateTimeOffset? ResolveDue = null,
    bool? Contacted = null,
    bool? Satisfied = null,
    DateTimeOffset? RepliedAt = null,
    IReadOnlyList<string>? Parties = null);

/// <summary>What can be counted.</summary>
public enum FactKind
{
    /// <summary>The reporter, or the device, says solved. 解决</summary>
    Solved,

    /// <summary>The reporter says unsolved: reopened. 未解决</summary>
    Unsolved,

    /// <summary>Closed without the reporter's word. 未回访成功</summary>
    Unanswered,

    /// <summary>Paused. 挂起</summary>
    Suspended,

    /// <summary>The time limit for the reply ran out. 超期</summary>
    Overdue,

    /// <summary>The lead called others to help. 吹哨</summary>
    Whistled,

    /// <summary>One who was called did not come in time. 吹哨不到</summary>
    PartyAbsent,
}
