using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.Resources;

namespace CityBrain.EarlyWarning;

/// <summary>A warning as staff see it: what was seen, what was expected, where, and what people decided.</summary>
public sealed record WarningView(
    string Id,
    WarningLevel Level,
    WarningLevel Highest,
    WarningParts Parts,
    double Index,
    string CategoryCode,
    LocalizedName? Category,
    LocalizedName? Place,
    IReadOnlyList<AreaSigns> Areas,
    IReadOnlyList<string> Streets,
    DateTimeOffset Onset,
    DateTimeOffset Last,
    DateTimeOffset? End,
    int Reporters,
    int Devices,
    IReadOnlyList<WarningSign> Signs,
    string? CaseId,
    string? Owner,
    Disposition? Disposition,
    string? Note,
    string? DecidedBy,
    DateTimeOffset? DecidedAt)
{
    /// <summary>The cases behind it that the caller may see, redacted; null in a list of warnings.</summary>
    public IReadOnlyList<WarnedCase>? Cases { get; init; }

    /// <summary>The view of a warning.</summary>
    public static WarningView Of(KeptWarning kept, CityModel city)
    {
        var warning = kept.Warning;
        var areas = warning.Signs.SelectMany(sign => sign.Areas).CountBy(area => area, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return new(
            warning.Id,
            warning.Level,
            warning.Highest,
            warning.Parts,
            warning.Parts.Index,
            warning.CategoryCode,
            city.Catalogue.Find(warning.CategoryCode)?.Name,
            PlaceName.Of(warning.Areas.Count > 0 ? warning.Areas[0] : city.Areas.City.Id, city.Areas),
            [.. warning.Areas.Select(area => new AreaSigns(area, city.Areas.Find(area)?.Name, areas[area]))],
            [.. warning.Areas.Where(area => city.Areas.Find(area) is { Level: >= AreaLevel.Street }).Select(area => city.Areas.AtLevel(area, AreaLevel.Street).Id).Distinct(StringComparer.Ordinal)],
            warning.Onset,
            warning.Last,
            warning.End,
            warning.Reporters,
            warning.Devices,
            warning.Signs,
            kept.CaseId,
            kept.Ruling?.Owner,
            kept.Ruling?.Disposition,
            kept.Ruling?.Note,
            kept.Ruling?.By,
            kept.Ruling?.At);
    }
}

/// <summary>How many signs of a warning lie in an area.</summary>
public sealed record AreaSigns(string Id, LocalizedName? Name, int Signs);
