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
    IReadOnlyDictionary<string, string> Links);

/// <summary>Where it came from.</summary>
internal sealed record OriginSeen(OriginKind Kind, string Channel, string SourceId);

/// <summary>Who has it.</summary>
internal sealed record AssignmentSeen(string Department, int Round, ClocksSeen Clocks);

/// <summary>Its clocks.</summary>
internal sealed record ClocksSeen(DateTimeOffset StartedAt, DateTimeOffset ResolveDue);

/// <summary>The department's reply.</summary>
internal sealed record ReplySeen(string Text, DateTimeOffset At);

/// <summary>The reporter's answer.</summary>
internal sealed record AnswerSeen(bool Solved);
