using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;

namespace CityBrain.Triage;

/// <summary>
/// Whether a new case is about the same matter as an open one. Pure. The same person asking again for the same thing urges; somebody else
/// joins only where place, kind and words agree; what is merely near is shown to staff.
/// </summary>
public static class DuplicateRules
{
    /// <summary>How near for the same person, in metres, whose words for a place vary; more where the item's own radius is more.</summary>
    public const double PersonRadius = 250;

    /// <summary>Share of common 3-grams that makes two texts one, without a place.</summary>
    public const double SameWords = 0.8;

    /// <summary>The share with a place: people describe one thing differently.</summary>
    public const double AlikeWords = 0.5;

    private const int MostSimilar = 5;

    /// <summary>The master case of a new one, or the cases that may be about the same.</summary>
    /// <param name="filed">The new case.</param>
    /// <param name="found">What triage found of it.</param>
    /// <param name="item">Its item of the catalogue, which says how near and how old the other case may be.</param>
    /// <param name="others">Open cases around it.</param>
    public static (JoinMaster? Join, IReadOnlyList<string> Similar) Decide(Case filed, TriageResult found, CatalogueItem item, IEnumerable<Case> others)
    {
        if (filed.Origin.Kind is not OriginKind.Appeal)
        {
            return (null, []);
        }

        var words = TextSketch.GramsOf(filed.Title + filed.Text);

        // Only an older case can be a master, so no two become each other's.
        var candidates = others
            .Where(other => other.Origin.Kind is OriginKind.Appeal && other.Triage?.CategoryCode == found.CategoryCode && IsOlder(other, filed) && AddressesAgree(filed, other) && filed.FiledAt - other.FiledAt <= TimeSpan.FromDays(item.WindowDays))
            .Select(other => (Case: other, Metres: MetresBetween(filed.Point, other.Point), Words: Shingles.Jaccard(words, TextSketch.GramsOf(other.Title + other.Text))))
            .OrderBy(other => other.Case.FiledAt).ThenBy(other => other.Case.Id, StringComparer.Ordinal).ToList();
        foreach (var (other, metres, common) in candidates)
        {
            if (IsSamePerson(filed, other) && (metres is { } apart ? apart <= Math.Max(PersonRadius, item.RadiusMetres) : common >= AlikeWords))
            {
                return (new JoinMaster(other.Id, MergeKind.SamePerson, found, Facts(metres, common)), []);
            }
        }

        foreach (var (other, metres, common) in candidates)
        {
            if (metres is { } apart ? apart <= item.RadiusMetres && common >= AlikeWords : common >= SameWords)
            {
                return (new JoinMaster(other.Id, IsSamePerson(filed, other) ? MergeKind.SamePerson : MergeKind.SameMatter, found, Facts(metres, common)), []);
            }
        }

        return (null, [.. candidates.Where(other => other.Metres <= item.RadiusMetres).Take(MostSimilar).Select(other => other.Case.Id)]);
    }

    private static bool IsOlder(Case other, Case filed) =>
        other.FiledAt < filed.FiledAt || (other.FiledAt == filed.FiledAt && string.CompareOrdinal(other.Id, filed.Id) < 0);

    /// <summary>Without coordinates, two addresses that are known must be the same: many appeals are worded alike.</summary>
    private static bool AddressesAgree(Case one, Case other) =>
        (one.Point is not null && other.Point is not null) || one.Address is not { Length: > 0 } first || other.Address is not { Length: > 0 } second
        || string.Equals(first, second, StringComparison.OrdinalIgnoreCase) || TextSketch.Similarity(first, second) >= SameWords;

    private static bool IsSamePerson(Case one, Case other) => one.Origin.ReporterKey is { } key && key == other.Origin.ReporterKey;

    private static string Facts(double? metres, double common) => (metres is { } apart ? $"{apart:F0} m apart, " : "") + $"{common:P0} of the words in common";

    private static double? MetresBetween(GeoPoint? one, GeoPoint? other) =>
        one is null || other is null ? null : Ground.Metres(one.Latitude, one.Longitude, other.Latitude, other.Longitude);
}
