namespace CityBrain.Cases;

/// <summary>One round of asking the reporter. 回访</summary>
/// <param name="Number">1 for the first, one more for each further one.</param>
/// <param name="AskedAt">When it began.</param>
/// <param name="ExpiresAt">Until when its link is good.</param>
public sealed record FeedbackRound(int Number, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>How often somebody tried to reach the reporter, the first first.</summary>
    public IReadOnlyList<ReporterTry> Tries { get; init; } = [];

    /// <summary>Where the case was merged: the master's round with which its own reporter is asked.</summary>
    public MasterRound? With { get; init; }
}

/// <summary>One try to reach the reporter.</summary>
/// <param name="At">When the hotline was asked to call.</param>
/// <param name="Result">Why the call brought no answer; null while nothing is reported.</param>
public sealed record ReporterTry(DateTimeOffset At, CallResult? Result = null);

/// <summary>A round of a master case.</summary>
public sealed record MasterRound(string CaseId, int Number);

/// <summary>Why a call brought no answer.</summary>
public enum CallResult
{
    /// <summary>Nobody picked up.</summary>
    NoAnswer,

    /// <summary>The line was busy.</summary>
    Busy,

    /// <summary>The person asked to be called later.</summary>
    CallLater,

    /// <summary>The number is not the reporter's: no further try is of use.</summary>
    WrongNumber,

    /// <summary>The reporter does not want to answer: no further try is wanted.</summary>
    Refused,
}
