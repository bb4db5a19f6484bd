namespace CityBrain.City;

/// <summary>One item of the responsibilities catalogue 清单事项: a kind of matter, who leads, at which level, and how fast.</summary>
/// <param name="Code">Stable name of the kind; lower-case letters, digits and hyphens.</param>
/// <param name="Version">Counts up from 1; a case keeps the version under which it was dispatched.</param>
/// <param name="Name">What people call it.</param>
/// <param name="LeadDepartment">The department, or kind of office, that leads 牵头单位.</param>
/// <param name="CoDepartments">Those that help and may be whistled for 配合单位.</param>
/// <param name="Level">The lowest level that may be given the matter; below it the matter is not on the list 清单外.</param>
/// <param name="Urgency">How fast it must move.</param>
/// <param name="Limits">Its time limits.</param>
/// <param name="Keywords">Words that speak for the item, English and Chinese; see <see cref="KeywordAutomaton"/> for how they match.</param>
public sealed record CatalogueItem(
    string Code,
    int Version,
    LocalizedName Name,
    string LeadDepartment,
    IReadOnlyList<string> CoDepartments,
    AreaLevel Level,
    Urgency Urgency,
    TimeLimits Limits,
    IReadOnlyList<string> Keywords)
{
    /// <summary>The heading under which the item is listed, such as "noise" or "roads".</summary>
    public string Group { get; init; } = "general";

    /// <summary>How near two places must be, in metres, to be one matter; 1 to 500. The default is the width of a crossing.</summary>
    public double RadiusMetres { get; init; } = 50;

    /// <summary>How old an open case may be, in days, for a new appeal to be about the same matter; 1 to 366.</summary>
    public int WindowDays { get; init; } = 21;
}
