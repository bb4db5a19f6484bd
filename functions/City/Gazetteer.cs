namespace CityBrain.City;

/// <summary>Finds the areas that a text names, by their names in both languages and by other names of places. Immutable and safe for concurrent use.</summary>
public sealed class Gazetteer
{
    private static readonly string[] LevelWords = [" District", "区"];

    private readonly AreaMap _areas;
    private readonly KeywordAutomaton _names;
    private readonly IReadOnlyList<Area>[] _named;

    /// <param name="areas">The areas; grids have no names that people use.</param>
    /// <param name="places">Other names of places, each with the area in which it lies.</param>
    /// <exception cref="KeyNotFoundException">A place lies in an area that does not exist.</exception>
    public Gazetteer(AreaMap areas, IEnumerable<KeyValuePair<string, string>> places)
    {
        _areas = areas;
        var names = areas.All.Where(area => area.Level is AreaLevel.District or AreaLevel.Street or AreaLevel.Community)
            .SelectMany(area => NamesOf(area).Select(name => (Name: name, Area: area)))
            .Concat(places.Select(place => (Name: place.Key, Area: areas.Find(place.Value) ?? throw new KeyNotFoundException($"'{place.Key}' lies in '{place.Value}', which is no area of this city."))))
            .ToLookup(pair => KeywordAutomaton.NormalForm(pair.Name), pair => pair.Area, StringComparer.Ordinal);
        _names = new(names.Select(name => name.Key));
        Names = [.. names.Select(name => name.Key)];
        _named = [.. _names.Keywords.Select(name => names[name].Distinct().ToList())];
    }

    /// <summary>All names, in the normal form of keywords.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The areas that a text names, without those that hold another of them; empty when it names none.</summary>
    public IReadOnlyList<Area> Find(string text)
    {
        var found = _names.Find(text).SelectMany(hit => _named[hit.Keyword]).Distinct().ToList();
        return [.. found.Where(area => !found.Any(other => other != area && _areas.Chain(other.Id).Contains(area)))];
    }

    private static IEnumerable<string> NamesOf(Area area)
    {
        foreach (var name in new[] { area.Name.En, area.Name.Zh }.Distinct(StringComparer.Ordinal))
        {
            yield return name;
            if (area.Level is AreaLevel.District && Array.Find(LevelWords, word => name.EndsWith(word, StringComparison.Ordinal) && name.Length > word.Length + 1) is { } level)
            {
                yield return name[..^level.Length];
            }
        }
    }
}
