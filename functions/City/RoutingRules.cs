namespace CityBrain.City;

/// <summary>The city's ordered routing rules: the first whose conditions all hold names the department. Immutable and safe for concurrent use.</summary>
public sealed class RoutingRules(IReadOnlyList<RoutingRule> rules, IReadOnlyList<Asset> assets)
{
    /// <summary>A city without rules: the catalogue alone decides.</summary>
    public static RoutingRules None { get; } = new([], []);

    /// <summary>In the order in which they are asked.</summary>
    public IReadOnlyList<RoutingRule> Rules { get; } = rules;

    /// <summary>What has an owner of its own.</summary>
    public IReadOnlyList<Asset> Assets { get; } = assets;

    /// <summary>The department and the rule that chose it; null when no rule holds.</summary>
    public Route? Find(RoutingFacts facts, CityModel city)
    {
        foreach (var rule in Rules)
        {
            var asset = rule.AssetKinds.Count == 0 ? null : AssetAt(rule, facts);
            if ((asset is null && rule.AssetKinds.Count > 0) || !rule.Holds(facts, city))
            {
                continue;
            }

            if (city.Departments.OfficeOf(rule.To ?? asset!.Owner, facts.AreaId, city.Areas) is { } department)
            {
                return new Route(department, rule.Id, asset?.Id);
            }
        }

        return null;
    }

    private Asset? AssetAt(RoutingRule rule, RoutingFacts facts) => facts.Latitude is { } latitude && facts.Longitude is { } longitude
        ? Assets.Where(asset => rule.AssetKinds.Contains(asset.Kind, StringComparer.Ordinal))
            .Select(asset => (Asset: asset, Distance: asset.DistanceTo(latitude, longitude)))
            .Where(near => near.Distance <= near.Asset.RadiusMetres)
            .OrderBy(near => near.Distance).ThenBy(near => near.Asset.Id, StringComparer.Ordinal)
            .Select(near => near.Asset)
            .FirstOrDefault()
        : null;
}

/// <summary>What a rule looks at.</summary>
/// <param name="Item">The catalogue item.</param>
/// <param name="AreaId">Smallest known area.</param>
/// <param name="Text">Title and text, redacted.</param>
/// <param name="At">When the case was filed.</param>
/// <param name="Latitude">Degrees, WGS84; null when the place is not known.</param>
/// <param name="Longitude">Likewise.</param>
public sealed record RoutingFacts(CatalogueItem Item, string AreaId, string Text, DateTimeOffset At, double? Latitude = null, double? Longitude = null);

/// <summary>Where a rule sends a case.</summary>
public sealed record Route(Department Department, string RuleId, string? AssetId);

/// <summary>One rule: every condition that it names must hold.</summary>
/// <param name="Id">Unique among the rules; it goes to the assignment and the history.</param>
/// <param name="To">The department, or kind of office; null: the owner of the asset.</param>
public sealed record RoutingRule(string Id, string? To)
{
    /// <summary>Codes of catalogue items; any of them.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Headings of the catalogue; any of them.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Areas of any level; the case lies in one of them.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>Kinds of assets; the case lies within the radius of one.</summary>
    public IReadOnlyList<string> AssetKinds { get; init; } = [];

    /// <summary>Words, as the catalogue's keywords match; any of them.</summary>
    public KeywordAutomaton? Words { get; init; }

    /// <summary>When the case was filed; null: at any time.</summary>
    public RoutingHours? Hours { get; init; }

    /// <summary>True when every condition but that on assets holds.</summary>
    public bool Holds(RoutingFacts facts, CityModel city) =>
        (Categories.Count == 0 || Categories.Contains(facts.Item.Code, StringComparer.Ordinal))
        && (Groups.Count == 0 || Groups.Contains(facts.Item.Group, StringComparer.Ordinal))
        && (Areas.Count == 0 || (city.Areas.Find(facts.AreaId) is not null && city.Areas.Chain(facts.AreaId).Any(area => Areas.Contains(area.Id, StringComparer.Ordinal))))
        && (Hours is null || (Hours is RoutingHours.Working) == city.Calendar.IsWorkingTime(facts.At))
        && (Words is null || Words.Find(facts.Text).Count > 0);
}

/// <summary>A part of the week.</summary>
public enum RoutingHours
{
    /// <summary>Working hours.</summary>
    Working,

    /// <summary>Nights, rest days and holidays.</summary>
    Off,
}
