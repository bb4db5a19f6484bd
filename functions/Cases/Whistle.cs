namespace CityBrain.Cases;

/// <summary>One whistle 吹哨: the lead of a case calls others to help on the spot. Immutable; the record is the truth, the orchestration its clock.</summary>
/// <param name="Number">1 for the first of the case.</param>
/// <param name="Purpose">What for, redacted.</param>
/// <param name="Lead">The department that blew it.</param>
/// <param name="By">Who blew it.</param>
/// <param name="BlownAt">When; all clocks start then.</param>
/// <param name="Quorum">So many contributions close it, 1 to the number of parties.</param>
/// <param name="Hard">True for a hard matter: more time to report in.</param>
/// <param name="Parties">Who was called.</param>
public sealed record WhistleRound(int Number, string Purpose, string Lead, string By, DateTimeOffset BlownAt, int Quorum, bool Hard, IReadOnlyList<WhistleParty> Parties)
{
    /// <summary>When it was closed; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Who closed it, or <c>quorum</c>.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>The party of an id; null when it was not called.</summary>
    public WhistleParty? Find(string party) => Parties.FirstOrDefault(candidate => candidate.Id == party);
}

/// <summary>One of those who were called: a department, a property company or volunteers 社会补位.</summary>
/// <param name="Id">Id in the city's departments.</param>
/// <param name="State">How far it has come.</param>
/// <param name="SignDue">It signs by then.</param>
/// <param name="ContactDue">It speaks with the lead by then.</param>
/// <param name="ArriveDue">It reports in 报到 by then.</param>
public sealed record WhistleParty(string Id, WhistleState State, DateTimeOffset SignDue, DateTimeOffset ContactDue, DateTimeOffset ArriveDue)
{
    /// <summary>When it signed.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>When it spoke with the lead; at the latest when it arrived.</summary>
    public DateTimeOffset? ContactedAt { get; init; }

    /// <summary>When it was on the spot.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>When it said what it did.</summary>
    public DateTimeOffset? ContributedAt { get; init; }

    /// <summary>What it did, redacted.</summary>
    public string? Contribution { get; init; }

    /// <summary>Marked absent 吹哨不到 at this instant; it stays on the record of one who comes late.</summary>
    public DateTimeOffset? AbsentAt { get; init; }

    /// <summary>How it came, 1 to 5, by the one who blew.</summary>
    public int? ArrivalScore { get; init; }

    /// <summary>What its coming was worth, 1 to 5, apart from the arrival 人到无效.</summary>
    public int? EffectScore { get; init; }

    /// <summary>Whether the call was needed and clear, 1 to 5, by the one who came; null when it did not say.</summary>
    public int? NeedScore { get; init; }

    /// <summary>Highest rung that was told of, in percent, for each clock.</summary>
    public IReadOnlyDictionary<ClockKind, int>? Told { get; init; }
}

/// <summary>How far a party of a whistle has come.</summary>
public enum WhistleState
{
    /// <summary>It was called.</summary>
    Blown,

    /// <summary>It signed.</summary>
    Signed,

    /// <summary>It spoke with the lead.</summary>
    Contacted,

    /// <summary>It is on the spot.</summary>
    Arrived,

    /// <summary>It said what it did.</summary>
    Contributed,

    /// <summary>The one who blew has scored it.</summary>
    Rated,
}

/// <summary>A party of a whistle, as lists and signals know it.</summary>
public sealed record WhistleCall(int Round, string Party, bool IsOpen);

/// <summary>What a step of a whistle tells, in an outbox entry.</summary>
/// <param name="Round">Which whistle of the case.</param>
/// <param name="Parties">Which parties.</param>
/// <param name="Rung">On a reminder, the rung; at 100 % of the report-in clock the party is absent.</param>
public sealed record WhistleNews(int Round, IReadOnlyList<string> Parties, ClockRung? Rung = null);
