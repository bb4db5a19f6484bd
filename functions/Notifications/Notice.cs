using CityBrain.Cases;
using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.Emergency;
using CityBrain.Supervision;

namespace CityBrain.Notifications;

/// <summary>
/// Something that one channel is told about one step of a case, or about its week. It holds what is needed to say it in any language, and nothing of the
/// case's wording or of the person who asked.
/// </summary>
/// <param name="Channel">Who is told; see <see cref="NoticeChannels"/>.</param>
/// <param name="Kind">What is told.</param>
/// <param name="CaseId">Which case; on a digest, which week; of an emergency, which order.</param>
/// <param name="Version">The version that the step made.</param>
/// <param name="At">When the step was taken, by the city's clock.</param>
/// <param name="CategoryCode">Catalogue item, if known.</param>
/// <param name="AreaId">Smallest known area.</param>
/// <param name="Department">Who has the case, or would get it.</param>
/// <param name="DueAt">The next thing due.</param>
/// <param name="ResolveDue">The reply is due then.</param>
/// <param name="Rung">On a reminder, the rung that was reached.</param>
/// <param name="FeedbackRound">On a question to the reporter, the round.</param>
/// <param name="Digest">On a weekly digest, what it says.</param>
/// <param name="Emergency">Of an emergency, what it says.</param>
public sealed record Notice(
    string Channel,
    NoticeKind Kind,
    string CaseId,
    int Version,
    DateTimeOffset At,
    string? CategoryCode = null,
    string? AreaId = null,
    string? Department = null,
    DateTimeOffset? DueAt = null,
    DateTimeOffset? ResolveDue = null,
    ClockRung? Rung = null,
    int? FeedbackRound = null,
    WeeklyDigest? Digest = null,
    EmergencyNews? Emergency = null)
{
    /// <summary>Of a warning, what it says.</summary>
    public WarningNews? Warning { get; init; }

    /// <summary>On a digest of warnings, what it says.</summary>
    public WarningDigest? Warnings { get; init; }

    /// <summary>The same for the same channel, case, version and kind, so that telling twice is telling once.</summary>
    public string Id => $"{CaseId}-{Version}-{Kind}-{Channel}";
}

/// <summary>What a notice of an emergency says.</summary>
/// <param name="EmergencyId">Which emergency.</param>
/// <param name="Plan">Of what kind it is.</param>
/// <param name="Level">Its level.</param>
/// <param name="Tasks">What is to be done.</param>
public sealed record EmergencyNews(string EmergencyId, LocalizedName Plan, EmergencyLevel Level, IReadOnlyList<LocalizedName> Tasks);

/// <summary>What a notice of a warning says.</summary>
/// <param name="CaseId">The case that it opened; null when it opened none.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="Onset">Since when.</param>
/// <param name="Reporters">Distinct people who wrote.</param>
/// <param name="Expected">How many were expected.</param>
/// <param name="Devices">Devices that measured it.</param>
public sealed record WarningNews(string? CaseId, WarningLevel Level, DateTimeOffset Onset, int Reporters, double Expected, int Devices);

/// <summary>What a notice tells.</summary>
public enum NoticeKind
{
    /// <summary>Triage was unsure: a person decides.</summary>
    TriageReview,

    /// <summary>Off the list of that level: release it or refuse.</summary>
    ReleaseReview,

    /// <summary>Called to help on the spot.</summary>
    WhistleBlown,

    /// <summary>A clock of a whistle is running out.</summary>
    WhistleReminder,

    /// <summary>A party of a whistle did not come in time.</summary>
    WhistleAbsent,

    /// <summary>A party of a whistle said what it did.</summary>
    WhistleContributed,

    /// <summary>The whistle is closed.</summary>
    WhistleClosed,

    /// <summary>A task passed the gate for the sake of life, and nobody reviewed it in time.</summary>
    BypassUnreviewed,

    /// <summary>Returned twice: the arbiter names the owner.</summary>
    Arbitration,

    /// <summary>A case for the department.</summary>
    Dispatched,

    /// <summary>A clock reached a rung of the ladder.</summary>
    Reminder,

    /// <summary>A reply waits for a person other than its author.</summary>
    ReplyReview,

    /// <summary>Nobody reviewed the reply in time.</summary>
    ReplyUnreviewed,

    /// <summary>The reply was sent back.</summary>
    ReplyRejected,

    /// <summary>The reporter is asked whether it is solved.</summary>
    AskReporter,

    /// <summary>Handed to somebody outside the city's departments.</summary>
    Referred,

    /// <summary>Closed without the reporter's word.</summary>
    ClosedUnanswered,

    /// <summary>The reporter asked again.</summary>
    Urged,

    /// <summary>Every item of the matter is settled: the one answer can be given.</summary>
    ItemsSettled,

    /// <summary>The reply is due soon. 催办</summary>
    OverdueReminder,

    /// <summary>The reply is late. 督办</summary>
    OverdueNotice,

    /// <summary>The reply is late by five working days. 通报批评</summary>
    OverdueCriticism,

    /// <summary>The week of a district or of the city. 周报</summary>
    WeeklyDigest,

    /// <summary>An area has tasks in an emergency, to be confirmed. 应急指令</summary>
    EmergencyOrder,

    /// <summary>It did not confirm them in time.</summary>
    EmergencyReminder,

    /// <summary>An area below did not confirm even after the reminder.</summary>
    EmergencyClimbed,

    /// <summary>Nothing is left for the area to do.</summary>
    EmergencyOrderEnded,

    /// <summary>The alerts behind an emergency were all called off.</summary>
    EmergencyCalledOff,

    /// <summary>Early warning sees a trouble. 预警</summary>
    WarningRaised,

    /// <summary>The trouble of a warning has grown.</summary>
    WarningGrown,

    /// <summary>The warnings of a day.</summary>
    WarningDigest,
}
