using System.Text.Json.Serialization;
using CityBrain.City;

namespace CityBrain.Cases;

/// <summary>
/// The record of one matter, and the only truth about it. Immutable: each change makes the next version. It holds no personal data:
/// the reporter and the original wording are in the vault.
/// </summary>
public sealed record Case
{
    /// <summary>Made from channel and source id, so the same appeal always has the same id.</summary>
    public required string Id { get; init; }

    /// <summary>1 when filed, one more with each change.</summary>
    public int Version { get; init; }

    /// <summary>Where it stands.</summary>
    public CaseState State { get; init; }

    /// <summary>Where it came from.</summary>
    public required CaseOrigin Origin { get; init; }

    /// <summary>Short title, redacted; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>What was said, redacted.</summary>
    public required string Text { get; init; }

    /// <summary>Language of the wording: <c>zh</c>, <c>en</c> or <c>other</c>; null for a device's case.</summary>
    public string? Language { get; init; }

    /// <summary>Set while the wording is withheld because it is not redacted yet.</summary>
    public RedactionDue? Redaction { get; init; }

    /// <summary>Signs of a risk to life that intake found in the original wording: such a case waits for nothing. Null when there were none.</summary>
    public LifeRisk? Risk { get; init; }

    /// <summary>True while nobody can look at the case, because its wording is not redacted yet, and nothing says that a life is at risk.</summary>
    [JsonIgnore]
    public bool WaitsForWording => Redaction is { WaitedLongEnough: false } && Risk is null;

    /// <summary>When it happened, as the reporter or the device says.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>When intake accepted it.</summary>
    public DateTimeOffset FiledAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Where, if known.</summary>
    public GeoPoint? Point { get; init; }

    /// <summary>Where, in words, redacted.</summary>
    public string? Address { get; init; }

    /// <summary>Names of places in the wording that a language service found, redacted: at most ten of at most 100 characters; null when there is none.</summary>
    public IReadOnlyList<string>? NamedPlaces { get; init; }

    /// <summary>Addresses of photos and documents.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>What triage found; null until then.</summary>
    public TriageResult? Triage { get; init; }

    /// <summary>Who has it and until when; null until first dispatched.</summary>
    public Assignment? Assignment { get; init; }

    /// <summary>The pause that runs now.</summary>
    public Suspension? Suspension { get; init; }

    /// <summary>The last return of the department.</summary>
    public ReturnNote? LastReturn { get; init; }

    /// <summary>The department's answer.</summary>
    public CaseReply? Reply { get; init; }

    /// <summary>How the reply came through the gate, or is held there; null while the gate has not looked at it.</summary>
    public ReplyReview? ReplyReview { get; init; }

    /// <summary>Fingerprints of the last few replies that were sent back, newest last; null while there is none.</summary>
    public IReadOnlyList<string>? RejectedReplies { get; init; }

    /// <summary>The reporter's answer.</summary>
    public ReporterAnswer? Answer { get; init; }

    /// <summary>The feedback round that runs or ran last: its number, and until when its token is good.</summary>
    public FeedbackRound? Feedback { get; init; }

    /// <summary>How often departments returned it.</summary>
    public int Returns { get; init; }

    /// <summary>How often the reporter had it reopened.</summary>
    public int Reopens { get; init; }

    /// <summary>What dispatch keeps beyond one assignment; null while there is nothing.</summary>
    public DispatchFacts? Dispatch { get; init; }

    /// <summary>The whistles that were blown, oldest first; null while there is none.</summary>
    public IReadOnlyList<WhistleRound>? Whistles { get; init; }

    /// <summary>When it ended, if it did.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>For a sensor's case: when the device was last back to normal; null while it is not.</summary>
    public DateTimeOffset? SensorClearedAt { get; init; }

    /// <summary>For a case that nobody asked for: what somebody found on the spot; null while nobody looked.</summary>
    public SpotCheck? SpotCheck { get; init; }

    /// <summary>For a warning's case: when the trouble was last seen to come back; null when it was not.</summary>
    public DateTimeOffset? RecurredAt { get; init; }

    /// <summary>The emergency that it belongs to; such a case is left out of rankings once a second duty officer has confirmed that.</summary>
    public string? EmergencyId { get; init; }

    /// <summary>Who linked it to the emergency, and so may not confirm that; null when it belongs to none.</summary>
    public string? EmergencyBy { get; init; }

    /// <summary>The items of several departments that it needs 一件事; null when it needs none.</summary>
    public IReadOnlyList<CaseItem>? Items { get; init; }

    /// <summary>The matter of which it is an item; null when it is one of its own.</summary>
    public ParentItem? ItemOf { get; init; }

    /// <summary>The case that it was merged into.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Whether the same person asked again or somebody else asked for the same; null while it is not merged.</summary>
    public MergeKind? MergedAs { get; init; }

    /// <summary>How often the same person asked again. 催办</summary>
    public int Urges { get; init; }

    /// <summary>How many others asked for the same.</summary>
    public int Subscribers { get; init; }

    /// <summary>The last few idempotency keys of commands, newest last: a repeated command gets the same answer.</summary>
    public IReadOnlyList<string> RecentCommands { get; init; } = [];
}

/// <summary>Why a case was joined to another.</summary>
public enum MergeKind
{
    /// <summary>Somebody else asked for the same: called back when it is solved.</summary>
    SameMatter,

    /// <summary>The same person asked again: urges, and starts no new clock.</summary>
    SamePerson,
}

/// <summary>Where a case came from: unique as (channel, source id).</summary>
/// <param name="Kind">Appeal, sensor or warning.</param>
/// <param name="Channel">Such as <c>hotline</c>, <c>app</c>, <c>web</c>, <c>sensor</c>.</param>
/// <param name="SourceId">The channel's own number.</param>
/// <param name="ReporterKey">Pseudonym of the person who asked, the same for the same phone or e-mail; null when nobody is known.</param>
public sealed record CaseOrigin(OriginKind Kind, string Channel, string SourceId, string? ReporterKey = null);

/// <summary>What made the case.</summary>
public enum OriginKind
{
    /// <summary>A person asked.</summary>
    Appeal,

    /// <summary>A device crossed a threshold.</summary>
    Sensor,

    /// <summary>Another case needs it.</summary>
    Item,

    /// <summary>Early warning found it before anybody asked for it. 未诉先办</summary>
    Warning,
}

/// <summary>A place, WGS84 degrees.</summary>
public sealed record GeoPoint(double Latitude, double Longitude);

/// <summary>Who has the case, and the instants by which each thing is due.</summary>
/// <param name="Department">The department that leads.</param>
/// <param name="Round">1 at first dispatch, one more at each further one.</param>
/// <param name="Clocks">The clocks of this round.</param>
/// <param name="Binding">True after arbitration: cannot be returned.</param>
public sealed record Assignment(string Department, int Round, CaseClocks Clocks, bool Binding = false)
{
    /// <summary>When the department signed.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When somebody was on the spot.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>When and how the reporter was contacted; it stops the contact clock.</summary>
    public ContactNote? Contact { get; init; }

    /// <summary>The routing rule that chose the department; null when the catalogue or a person did.</summary>
    public string? RuleId { get; init; }

    /// <summary>True when the department is a grid worker or a community, whose open tasks are capped; as the map was at dispatch.</summary>
    public bool AtWorker { get; init; }
}

/// <summary>Due instants, working calendar applied.</summary>
/// <param name="StartedAt">When the case was dispatched.</param>
/// <param name="SignDue">The department signs by then.</param>
/// <param name="ContactDue">The reporter is contacted by then.</param>
/// <param name="ReportInDue">Somebody is on the spot by then.</param>
/// <param name="ResolveDue">The reply is there by then.</param>
/// <param name="Rungs">Highest rung already told of, in percent, for each clock.</param>
public sealed record CaseClocks(
    DateTimeOffset StartedAt,
    DateTimeOffset SignDue,
    DateTimeOffset ContactDue,
    DateTimeOffset ReportInDue,
    DateTimeOffset ResolveDue,
    IReadOnlyDictionary<ClockKind, int> Rungs)
{
    /// <summary>Edition of the working calendar by which the instants were reckoned.</summary>
    public string? Calendar { get; init; }

    /// <summary>What pauses and extensions added to the resolve clock, in the clock's own kind of time.</summary>
    public TimeSpan Added { get; init; }

    /// <summary>Working days that extensions of this round gave.</summary>
    public double ExtendedDays { get; init; }

    /// <summary>The due instant of one clock.</summary>
    public DateTimeOffset Due(ClockKind clock) => clock switch
    {
        ClockKind.Sign => SignDue,
        ClockKind.Contact => ContactDue,
        ClockKind.ReportIn => ReportInDue,
        _ => ResolveDue,
    };
}

/// <summary>The four clocks.</summary>
public enum ClockKind
{
    /// <summary>签收</summary>
    Sign,

    /// <summary>联系</summary>
    Contact,

    /// <summary>报到</summary>
    ReportIn,

    /// <summary>办结</summary>
    Resolve,
}

/// <summary>A pause: why, on what evidence, until when at the latest.</summary>
public sealed record Suspension(string Reason, string Evidence, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>A return: why, on what basis, whose it should be.</summary>
public sealed record ReturnNote(string Reason, string Basis, string ProposedOwner, string By, DateTimeOffset At);

/// <summary>What somebody other than the author of the reply found on the spot, redacted. 现场核查</summary>
public sealed record SpotCheck(bool Solved, string? Note, string By, DateTimeOffset At);

/// <summary>The department's answer, redacted.</summary>
public sealed record CaseReply(string Text, string By, DateTimeOffset At);

/// <summary>What the reporter said to three separate questions.</summary>
public sealed record ReporterAnswer(bool Contacted, bool Solved, bool Satisfied, string Comment, DateTimeOffset At);
