using CityBrain.Cases;

namespace CityBrain.Rehearsal.Play;

/// <summary>A case as the API shows it, as far as the play looks.</summary>
internal sealed record CaseSeen(
    string Id,
    int Version,
    CaseState Status,
    OriginSeen Origin,
    DateTimeOffset OccurredAt,
    DateTimeOffset FiledAt,
    AssignmentSeen? Assignment,
    ReplySeen? Reply,
    AnswerSeen? Answer,
    int Returns,
    int Reopens,
    DateTimeOffset? EndedAt,
    string? MergedInto,
    IReadOnlyDictionary<string, string> Links)
{
    /// <summary>What the gate did with the reply.</summary>
    public ReviewSeen? ReplyReview { get; init; }
}

/// <summary>Where it came from.</summary>
internal sealed record OriginSeen(OriginKind Kind, string Channel, string SourceId);

/// <summary>Who has it.</summary>
internal sealed record AssignmentSeen(string Department, int Round, ClocksSeen Clocks);

/// <summary>Its clocks.</summary>
internal sealed record ClocksSeen(DateTimeOffset StartedAt, DateTimeOffset ResolveDue);

/// <summary>The department's reply.</summary>
internal sealed record ReplySeen(string Text, DateTimeOffset At);

/// <summary>How a reply came through the gate, or is held there.</summary>
internal sealed record ReviewSeen(FindingSeen Finding, DateTimeOffset? DueAt, DateTimeOffset? DecidedAt);

/// <summary>What the gate found.</summary>
internal sealed record FindingSeen(ReplyOutcome Outcome, IReadOnlyList<ReplyFault> Faults);

/// <summary>The reporter's answer.</summary>
internal sealed record AnswerSeen(bool Solved);
