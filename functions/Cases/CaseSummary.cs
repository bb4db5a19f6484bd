namespace CityBrain.Cases;

/// <summary>What lists, counters and notices need of a case: nothing of its wording.</summary>
/// <param name="CaseId">Which case.</param>
/// <param name="Version">Which version of it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Kind">Appeal or sensor.</param>
/// <param name="FiledAt">When it was accepted.</param>
/// <param name="CategoryCode">Catalogue item; null before triage.</param>
/// <param name="Department">Who has it; null before dispatch.</param>
/// <param name="AreaId">Smallest known area; null before triage.</param>
/// <param name="StreetId">Its street-level area, if known.</param>
/// <param name="DistrictId">Its district-level area, if known.</param>
/// <param name="DueAt">The next thing due; null when no clock runs.</param>
/// <param name="ResolveDue">The reply is due then; null before dispatch.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Solved">The reporter's word; null when there is none.</param>
/// <param name="FeedbackRound">Number of the feedback round that runs or ran last; null before the first.</param>
/// <param name="MergedInto">The case that it was merged into.</param>
/// <param name="EmergencyId">The emergency that it belongs to.</param>
public sealed record CaseSummary(
    string CaseId,
    int Version,
    CaseState State,
    OriginKind Kind,
    DateTimeOffset FiledAt,
    string? CategoryCode,
    string? Department,
    string? AreaId,
    string? StreetId,
    string? DistrictId,
    DateTimeOffset? DueAt,
    DateTimeOffset? ResolveDue,
    DateTimeOffset? EndedAt,
    bool? Solved,
    int? FeedbackRound = null,
    string? MergedInto = null,
    string? EmergencyId = null)
{
    /// <summary>The parties of its whistles; null when none was blown.</summary>
    public IReadOnlyList<WhistleCall>? Whistles { get; init; }

    /// <summary>The first receiver while it leads after a return; null when the holder leads.</summary>
    public string? ActingLead { get; init; }

    /// <summary>The grid worker or community whose open task it is; null when it is nobody's.</summary>
    public string? Worker { get; init; }

    /// <summary>The matter of which it is an item; null when it is one of its own.</summary>
    public string? ParentId { get; init; }

    /// <summary>How many of its items are not settled; null when it has none.</summary>
    public int? OpenItems { get; init; }

    /// <summary>How many others asked for the same.</summary>
    public int Subscribers { get; init; }

    /// <summary>Who linked it to the emergency; null when it belongs to none.</summary>
    public string? EmergencyBy { get; init; }

    /// <summary>Summarises a case.</summary>
    public static CaseSummary Of(Case source) => new(
        source.Id,
        source.Version,
        source.State,
        source.Origin.Kind,
        source.FiledAt,
        source.Triage?.CategoryCode,
        source.Assignment?.Department ?? source.Triage?.LeadDepartment,
        source.Triage?.AreaId,
        source.Triage?.StreetId,
        source.Triage?.DistrictId,
        NextDue(source),
        source.Assignment?.Clocks.ResolveDue,
        source.EndedAt,
        source.State is CaseState.Closed ? source.Answer?.Solved : null,
        source.Feedback?.Number,
        source.MergedInto,
        source.EmergencyId)
    {
        Whistles = source.Whistles is { } rounds ? [.. rounds.SelectMany(round => round.Parties.Select(party => new WhistleCall(round.Number, party.Id, round.ClosedAt is null)))] : null,
        ActingLead = source.Dispatch?.ActingLead,
        EmergencyBy = source.EmergencyBy,
        Worker = source is { Assignment: { AtWorker: true } holder, State: CaseState.Dispatched or CaseState.Accepted or CaseState.Handling or CaseState.Suspended } ? holder.Department : null,
        ParentId = source.ItemOf?.CaseId,
        OpenItems = source.Items?.Count(item => !item.IsSettled),
        Subscribers = source.Subscribers,
    };

    /// <summary>The clock that the department must meet next, by state.</summary>
    private static DateTimeOffset? NextDue(Case source) => (source.State, source.Assignment?.Clocks) switch
    {
        (CaseState.Dispatched, { } clocks) => clocks.SignDue,
        (CaseState.Accepted, { } clocks) => clocks.ReportInDue,
        (CaseState.Handling or CaseState.Replied, { } clocks) => clocks.ResolveDue,
        _ => null,
    };
}
