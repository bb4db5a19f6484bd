using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Triage;

/// <summary>
/// The first look at a case: what it is by the catalogue's keywords, where it is by polygon, whose it is by the catalogue. Pure and
/// deterministic.
/// </summary>
public static class TriageRules
{
    private const string DecidedBy = "rules:keywords+polygon";

    /// <summary>The command that triage gives: complete, or ask a person.</summary>
    public static CaseCommand Decide(Case filed, CityModel city)
    {
        var (item, why, unsure) = CategoryOf(filed, city);
        var (area, outside) = AreaOf(filed, city);
        var result = new TriageResult(item.Code, item.Version, area, item.Urgency, city.LeadOf(item, area).Id, item.CoDepartments, DecidedBy, why);
        var doubts = new[] { unsure, outside, PlaceMissing(filed, item, city) }.Where(doubt => doubt is not null).ToList();
        return doubts.Count == 0 ? new CompleteTriage(result) : new AskReview(result, string.Join(" ", doubts));
    }

    private static (CatalogueItem Item, string Why, string? Unsure) CategoryOf(Case filed, CityModel city)
    {
        if (RuleOf(filed, city) is { } rule && city.Catalogue.Find(rule.CatalogueCode) is { } bySensor)
        {
            return (bySensor, "rule of the device", null);
        }

        var matches = city.Catalogue.Match($"{filed.Title}\n{filed.Text}");
        if (matches.Count == 0)
        {
            return (city.Catalogue.Other, "no keyword matched", "No keyword of the catalogue matched.");
        }

        var best = matches[0];
        var why = "words: " + string.Join(", ", best.Words);
        var tie = matches.Skip(1).FirstOrDefault(other => other.Score >= best.Score && other.Item.LeadDepartment != best.Item.LeadDepartment);
        return (best.Item, why, tie is null ? null : $"'{best.Item.Code}' and '{tie.Item.Code}' fit equally well and belong to different departments.");
    }

    private static (string AreaId, string? Outside) AreaOf(Case filed, CityModel city)
    {
        if (filed.Point is not { } point)
        {
            return (city.Areas.City.Id, null);
        }

        return city.Areas.Locate(point.Latitude, point.Longitude) is { } grid
            ? (grid.Id, null)
            : (city.Areas.City.Id, "The place is outside the city.");
    }

    private static string? PlaceMissing(Case filed, CatalogueItem item, CityModel city) =>
        filed.Point is null && city.Departments.Find(item.LeadDepartment)?.OfficeLevel is { } level
            ? $"No place is given, and each {level} has an office of its own for the matter."
            : null;

    /// <summary>The rule that filed a sensor's case, unless it has left the registry since.</summary>
    private static DeviceRule? RuleOf(Case filed, CityModel city) =>
        filed.Origin is { Kind: OriginKind.Sensor } origin && origin.SourceId.Split('/') is [var device, var rule, ..]
            ? city.Devices.Find(device)?.Rules.FirstOrDefault(candidate => candidate.Id == rule)
            : null;
}
