namespace CityBrain.Cases;

/// <summary>What dispatch keeps of a case beyond one assignment. Immutable; each change makes the next.</summary>
public sealed record DispatchFacts
{
    /// <summary>Every pause that has ended, oldest first.</summary>
    public IReadOnlyList<PauseSpan> Pauses { get; init; } = [];

    /// <summary>Working days that all extensions of the case gave together.</summary>
    public double ExtendedDays { get; init; }

    /// <summary>Every return, oldest first: who refused, why and on what basis.</summary>
    public IReadOnlyList<ReturnNote> Refusals { get; init; } = [];

    /// <summary>The first receiver 首接, which leads after its return until another department signs; null when the holder leads itself.</summary>
    public string? ActingLead { get; init; }

    /// <summary>The rungs of this round that a duty role was told of last, one for each clock.</summary>
    public IReadOnlyList<Escalation> Escalations { get; init; } = [];

    /// <summary>The last release 清单外审核; after its expiry it is none.</summary>
    public ReleaseGrant? Release { get; init; }

    /// <summary>The task passed the gate because life was at risk, and a duty officer reviews that.</summary>
    public BypassReview? Bypass { get; init; }

    /// <summary>What the cap of open tasks did to the last dispatch; null when it did nothing.</summary>
    public BurdenNote? Burden { get; init; }

    /// <summary>Where the rules send the case since its category or place was corrected, until it is there; null when they leave it where it is.</summary>
    public Reroute? Reroute { get; init; }

    /// <summary>The facts of a case; empty while it has none.</summary>
    public static DispatchFacts Of(Case current) => current.Dispatch ?? new();
}

/// <summary>A case is on its way to the department that is right for what is known now.</summary>
/// <param name="Department">To which.</param>
/// <param name="RuleId">The routing rule that chose it; null when the catalogue did.</param>
public sealed record Reroute(string Department, string? RuleId);

/// <summary>A pause that is over.</summary>
public sealed record PauseSpan(DateTimeOffset Since, DateTimeOffset End)
{
    /// <summary>How long it took, round the clock.</summary>
    public TimeSpan Length => End - Since;
}

/// <summary>The reporter was contacted.</summary>
/// <param name="How">By <c>phone</c>, <c>message</c> or <c>visit</c>.</param>
/// <param name="By">Who contacted.</param>
/// <param name="At">When.</param>
public sealed record ContactNote(string How, string By, DateTimeOffset At);

/// <summary>A rung of the ladder that waits for somebody, or was acknowledged.</summary>
/// <param name="Clock">Which clock.</param>
/// <param name="Percent">Which rung.</param>
/// <param name="Role">Who was told.</param>
/// <param name="ToldAt">When.</param>
/// <param name="AnswerBy">Unacknowledged by then, it climbs to the next role.</param>
public sealed record Escalation(ClockKind Clock, int Percent, DutyRole Role, DateTimeOffset ToldAt, DateTimeOffset AnswerBy)
{
    /// <summary>Who acknowledged; null while nobody did.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }
}

/// <summary>Who answers for a rung of the ladder, from the department that has the case up to the city.</summary>
public enum DutyRole
{
    /// <summary>The department that has the case, and its grid.</summary>
    Owner,

    /// <summary>The community 社区.</summary>
    Community,

    /// <summary>The street 街道.</summary>
    Street,

    /// <summary>The district 区县.</summary>
    District,

    /// <summary>The city 市.</summary>
    City,
}

/// <summary>A task that is not on a level's list was let through to a department of it.</summary>
/// <param name="Department">To which.</param>
/// <param name="Funding">Reference of the money that goes with the task.</param>
/// <param name="Handbook">The handbook by which it is done.</param>
/// <param name="Approver">Who approved, by role.</param>
/// <param name="Expiry">After this it is no release.</param>
public sealed record ReleaseGrant(string Department, string Funding, string Handbook, string Approver, DateTimeOffset Expiry);

/// <summary>The review of a task that passed the gate because life was at risk.</summary>
/// <param name="At">When it passed.</param>
/// <param name="DueAt">The review is there by then.</param>
public sealed record BypassReview(DateTimeOffset At, DateTimeOffset DueAt)
{
    /// <summary>Who reviewed it; null while nobody did.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Whether it was right to pass the gate.</summary>
    public bool? Justified { get; init; }

    /// <summary>Why, redacted.</summary>
    public string? Reason { get; init; }

    /// <summary>When the time ran out without a review; null when it did not.</summary>
    public DateTimeOffset? LapsedAt { get; init; }

    /// <summary>True while the review is waited for and its time has not run out.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => ReviewedAt is null && LapsedAt is null;
}

/// <summary>A dispatch met the cap of open tasks of a grid worker or a community 减负.</summary>
/// <param name="Worker">Who had as many as may be.</param>
/// <param name="Open">Open tasks that it had.</param>
/// <param name="Cap">As many as may be.</param>
/// <param name="Passed">Why it got the task in spite of that; null when it went to another.</param>
/// <param name="At">When.</param>
public sealed record BurdenNote(string Worker, int Open, int Cap, BurdenPass? Passed, DateTimeOffset At);

/// <summary>Why a task passes the cap.</summary>
public enum BurdenPass
{
    /// <summary>It is urgent.</summary>
    Urgent,

    /// <summary>A life is at risk.</summary>
    LifeRisk,

    /// <summary>It was the worker's own before: what was not solved goes back to the same lead.</summary>
    Reopened,

    /// <summary>No other office may be given it.</summary>
    NobodyElse,
}
