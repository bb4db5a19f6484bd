using CityBrain.City;

namespace CityBrain.Cases;

/// <summary>What triage decided, and why.</summary>
/// <param name="CategoryCode">Item of the responsibilities catalogue.</param>
/// <param name="CatalogueVersion">Version of that item.</param>
/// <param name="AreaId">Grid, or the smallest area that is known.</param>
/// <param name="Urgency">How urgent.</param>
/// <param name="LeadDepartment">Who leads.</param>
/// <param name="CoDepartments">Who helps.</param>
/// <param name="DecidedBy">Rule or person.</param>
/// <param name="Why">The words or facts that decided.</param>
public sealed record TriageResult(
    string CategoryCode,
    int CatalogueVersion,
    string AreaId,
    Urgency Urgency,
    string LeadDepartment,
    IReadOnlyList<string> CoDepartments,
    string DecidedBy,
    string Why)
{
    /// <summary>The likeliest items, at most three, the likeliest first.</summary>
    public IReadOnlyList<TriageCandidate> Candidates { get; init; } = [];

    /// <summary>The trained model that was asked; null when none was there.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>True when a person named the lead, or refused the one that the rules named: no rule is asked again.</summary>
    public bool LeadNamed { get; init; }

    /// <summary>Open cases that may be about the same matter.</summary>
    public IReadOnlyList<string> Similar { get; init; } = [];

    /// <summary>The street-level area around it, if so small an area is known; as the map was when the area was decided.</summary>
    public string? StreetId { get; init; }

    /// <summary>The district-level area around it, likewise.</summary>
    public string? DistrictId { get; init; }

    /// <summary>The same, with the areas around <see cref="AreaId"/> looked up.</summary>
    public TriageResult PlacedIn(AreaMap areas)
    {
        string? Around(AreaLevel level) => areas.Find(AreaId) is { } area && area.Level >= level ? areas.AtLevel(AreaId, level).Id : null;

        return this with { StreetId = Around(AreaLevel.Street), DistrictId = Around(AreaLevel.District) };
    }
}

/// <summary>An item that the matter may be.</summary>
/// <param name="CategoryCode">Item of the catalogue.</param>
/// <param name="Probability">0 to 1.</param>
public sealed record TriageCandidate(string CategoryCode, double Probability);
