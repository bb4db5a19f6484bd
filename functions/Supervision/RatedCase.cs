using CityBrain.Cases;

namespace CityBrain.Supervision;

/// <summary>What one case counts for in the three rates of a month.</summary>
/// <param name="CaseId">Which case.</param>
/// <param name="Department">Whose it was.</param>
/// <param name="AreaId">Smallest known area.</param>
/// <param name="StreetId">Its street-level area.</param>
/// <param name="DistrictId">Its district-level area.</param>
/// <param name="CategoryCode">Catalogue item.</param>
/// <param name="Outcome">Solved, unsolved or unanswered.</param>
/// <param name="At">When that was said.</param>
/// <param name="Contacted">The reporter's word; null when nobody answered.</param>
/// <param name="Satisfied">The reporter's word; null when nobody answered.</param>
/// <param name="Excluded">The reason for which it is left out, reviewed; null when it counts.</param>
/// <param name="ExclusionAsked">True while an exclusion waits for its review.</param>
public sealed record RatedCase(
    string CaseId,
    string? Department,
    string? AreaId,
    string? StreetId,
    string? DistrictId,
    string? CategoryCode,
    FactKind Outcome,
    DateTimeOffset At,
    bool? Contacted = null,
    bool? Satisfied = null,
    ExclusionReason? Excluded = null,
    bool ExclusionAsked = false)
{
    /// <summary>The case of a fact; null when nobody was asked in that month, or when it is a device's, which has no reporter to ask.</summary>
    public static RatedCase? Of(CaseFact fact, Exclusion? exclusion) => fact is { Kind: OriginKind.Appeal, Outcome: { } outcome }
        ? new(
            fact.CaseId,
            fact.Department,
            fact.AreaId,
            fact.StreetId,
            fact.DistrictId,
            fact.CategoryCode,
            outcome.Kind,
            outcome.At,
            outcome.Contacted,
            outcome.Satisfied,
            exclusion is { IsInForce: true } ? exclusion.Reason : null,
            exclusion is { Standing: ExclusionStanding.Asked })
        : null;

    /// <summary>The unit of the case in a table of rates; null when it has none.</summary>
    public string? UnitOf(RateDimension by) => by switch
    {
        RateDimension.Department => Department,
        RateDimension.Street => StreetId,
        _ => CategoryCode,
    };
}

/// <summary>What rates are given for.</summary>
public enum RateDimension
{
    /// <summary>Each department.</summary>
    Department,

    /// <summary>Each street-level area.</summary>
    Street,

    /// <summary>Each item of the catalogue.</summary>
    Category,
}
