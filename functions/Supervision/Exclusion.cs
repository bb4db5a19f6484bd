namespace CityBrain.Supervision;

/// <summary>
/// A case that is to be left out of the rates of a month, for a listed reason 剔除. One duty officer asks, another decides, the department
/// may appeal, and then a third decides. Immutable; nothing that was said is forgotten.
/// </summary>
/// <param name="CaseId">Which case.</param>
/// <param name="Month">In the figures of which month.</param>
/// <param name="Reason">Why.</param>
/// <param name="Note">The evidence, in words, redacted.</param>
/// <param name="AskedBy">Who asks.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Steps">What became of it, oldest first.</param>
public sealed record Exclusion(string CaseId, Month Month, ExclusionReason Reason, string Note, string AskedBy, DateTimeOffset AskedAt, IReadOnlyList<ExclusionStep> Steps)
{
    /// <summary>Where it stands.</summary>
    public ExclusionStanding Standing => Steps.Count == 0 ? ExclusionStanding.Asked : Steps[^1].Standing;

    /// <summary>True when the case is left out: the last decision granted it. An appeal alone changes nothing.</summary>
    public bool IsInForce => Steps.LastOrDefault(step => step.Standing is not ExclusionStanding.Appealed)?.Standing is ExclusionStanding.Granted;

    /// <summary>The exclusion after a review, or why there is none. The same review again changes nothing.</summary>
    /// <param name="granted">Whether the case is left out.</param>
    /// <param name="note">Why.</param>
    /// <param name="by">The duty officer who decides: nobody who asked for it or decided before.</param>
    /// <param name="now">When.</param>
    public (Exclusion? Next, string? Problem) Reviewed(bool granted, string note, string by, DateTimeOffset now)
    {
        var verdict = granted ? ExclusionStanding.Granted : ExclusionStanding.Refused;
        if (Steps.Count > 0 && Steps[^1] is { } last && last.Standing == verdict && last.By == by)
        {
            return (this, null);
        }

        return Standing is ExclusionStanding.Granted or ExclusionStanding.Refused ? (null, "It is decided; only after an appeal is it reviewed again.")
            : by == AskedBy ? (null, "Whoever asks for an exclusion does not decide on it; another duty officer reviews it.")
            : Steps.Any(step => step.By == by) ? (null, "You have decided on it, or appealed, before; another duty officer reviews it now.")
            : (this with { Steps = [.. Steps, new ExclusionStep(verdict, note, by, now)] }, null);
    }

    /// <summary>The exclusion after an appeal, or why there is none. The same appeal again changes nothing.</summary>
    public (Exclusion? Next, string? Problem) Appealed(string note, string by, DateTimeOffset now) => Standing switch
    {
        ExclusionStanding.Appealed when Steps[^1].By == by => (this, null),
        ExclusionStanding.Granted or ExclusionStanding.Refused => (this with { Steps = [.. Steps, new ExclusionStep(ExclusionStanding.Appealed, note, by, now)] }, null),
        _ => (null, "There is no decision yet that an appeal could be made against."),
    };
}

/// <summary>A decision or an appeal.</summary>
/// <param name="Standing">What it was.</param>
/// <param name="Note">Why, redacted.</param>
/// <param name="By">Whose.</param>
/// <param name="At">When.</param>
public sealed record ExclusionStep(ExclusionStanding Standing, string Note, string By, DateTimeOffset At);

/// <summary>The only reasons for which a case may be left out.</summary>
public enum ExclusionReason
{
    /// <summary>The demand is against law or policy 不合理诉求.</summary>
    UnreasonableDemand,

    /// <summary>Not for the city's departments to decide, such as a matter before a court 涉法涉诉.</summary>
    BeforeCourt,

    /// <summary>The same person on the same matter, answered before 重复诉求.</summary>
    Repeated,

    /// <summary>Filed for the benefit of a trade, or in bad faith 恶意诉求.</summary>
    BadFaith,

    /// <summary>Nobody could have done more: weather, disaster, a nation-wide cause 不可抗力.</summary>
    ForceMajeure,

    /// <summary>Handled under the command of an emergency 应急事件.</summary>
    Emergency,

    /// <summary>The callback reached somebody else, or was recorded wrongly 回访有误.</summary>
    WrongCallback,
}

/// <summary>Where an exclusion stands.</summary>
public enum ExclusionStanding
{
    /// <summary>Waits for its review. 待审核</summary>
    Asked,

    /// <summary>The case is left out. 已剔除</summary>
    Granted,

    /// <summary>The case counts. 未剔除</summary>
    Refused,

    /// <summary>The last decision is contested; it holds until the next. 申诉中</summary>
    Appealed,
}
