namespace CityBrain.Supervision;

/// <summary>A step of supervision that a case came to: one for each case, round and step.</summary>
/// <param name="CaseId">Which case.</param>
/// <param name="Round">Which round of handling.</param>
/// <param name="Step">Reminder, notice or criticism.</param>
/// <param name="Department">Who has the case.</param>
/// <param name="AreaId">Smallest known area.</param>
/// <param name="DistrictId">Its district-level area, if known.</param>
/// <param name="CategoryCode">Catalogue item.</param>
/// <param name="DueAt">When the reply was due.</param>
/// <param name="At">When the step was taken.</param>
/// <param name="Version">The version of the case that was looked at.</param>
/// <param name="Told">True once the department was told.</param>
/// <param name="Acknowledged">Who took note of it, and what they will do.</param>
/// <param name="SettledAt">When the reply was there, or the case went elsewhere.</param>
public sealed record OverdueEntry(
    string CaseId,
    int Round,
    OverdueStep Step,
    string Department,
    string? AreaId,
    string? DistrictId,
    string? CategoryCode,
    DateTimeOffset DueAt,
    DateTimeOffset At,
    int Version,
    bool Told = false,
    Acknowledgement? Acknowledged = null,
    DateTimeOffset? SettledAt = null);

/// <summary>A department takes note of a step.</summary>
public sealed record Acknowledgement(string By, DateTimeOffset At, string Note);
