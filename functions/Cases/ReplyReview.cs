using System.Text.Json.Serialization;
using CityBrain.Language;

namespace CityBrain.Cases;

/// <summary>What the gate decides about a reply.</summary>
public enum ReplyOutcome
{
    /// <summary>The reporter is asked.</summary>
    Pass,

    /// <summary>A person other than the author decides. 复核</summary>
    Review,

    /// <summary>Back to the department.</summary>
    Reject,
}

/// <summary>What is wrong with a reply. The first five are certain; of the others a person judges.</summary>
public enum ReplyFault
{
    /// <summary>Too short to say what was done.</summary>
    TooShort,

    /// <summary>Says what the appeal says.</summary>
    RepeatsAppeal,

    /// <summary>Nothing but set phrases: no deed, no reason, no time.</summary>
    OnlySetPhrases,

    /// <summary>Word for word a reply of this case that was sent back.</summary>
    SameAsRejected,

    /// <summary>Speaks of another place, and of nothing that was asked.</summary>
    AnotherPlace,

    /// <summary>Not every ask seems to be answered.</summary>
    AsksUnanswered,

    /// <summary>Says neither what was done or found nor why.</summary>
    NoDeed,

    /// <summary>Says what was done, but not where.</summary>
    NoPlace,

    /// <summary>Says what was done, but not when.</summary>
    NoTime,

    /// <summary>Bears only days before the appeal.</summary>
    DatedBefore,

    /// <summary>The reporter called what was done unsolved, so somebody other than the author looks on the spot.</summary>
    CalledUnsolved,

    /// <summary>The score is low.</summary>
    LowScore,
}

/// <summary>What the gate found of one reply.</summary>
/// <param name="Outcome">What it decided.</param>
/// <param name="Score">How well the reply answers and explains, 0 to 1.</param>
/// <param name="Faults">Why it did not pass; none when it did.</param>
/// <param name="Found">What speaks for the reply.</param>
/// <param name="Missing">What would, and is not there.</param>
/// <param name="Against">What speaks against it.</param>
/// <param name="Asks">How many things the appeal asks for; 0 for a device's case.</param>
/// <param name="UnansweredCount">How many of them the reply does not seem to take up.</param>
/// <param name="Unanswered">The first of those, in the words of the appeal, shortened.</param>
public sealed record ReplyFinding(
    ReplyOutcome Outcome,
    double Score,
    IReadOnlyList<ReplyFault> Faults,
    IReadOnlyList<ReplyCue> Found,
    IReadOnlyList<ReplyCue> Missing,
    IReadOnlyList<ReplyCue> Against,
    int Asks,
    int UnansweredCount,
    IReadOnlyList<string> Unanswered);

/// <summary>How the last reply came through the gate, or is still held there. 答复复核</summary>
/// <param name="Finding">What the gate found.</param>
/// <param name="At">When.</param>
public sealed record ReplyReview(ReplyFinding Finding, DateTimeOffset At)
{
    /// <summary>Until when another person decides; null when the gate decided by itself.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When that time ran out without a decision, and the duty officers were told; null when it did not.</summary>
    public DateTimeOffset? LapsedAt { get; init; }

    /// <summary>The reviewer; null while nobody decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When the reviewer decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What the reviewer decided.</summary>
    public bool? Passes { get; init; }

    /// <summary>Why, redacted.</summary>
    public string? Note { get; init; }

    /// <summary>True when the reviewer looked on the spot 现场核查.</summary>
    public bool OnSite { get; init; }

    /// <summary>True while a person's decision is waited for, lapsed or not.</summary>
    [JsonIgnore]
    public bool IsOpen => DueAt is not null && DecidedAt is null;
}
