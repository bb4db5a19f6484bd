using System.Collections.Frozen;

namespace CityBrain.City;

/// <summary>The responsibilities catalogue 职责清单. Immutable and safe for concurrent use.</summary>
public sealed class Catalogue
{
    /// <summary>Code of the item for whatever fits no other.</summary>
    public const string OtherCode = "other";

    private readonly FrozenDictionary<string, CatalogueItem> _current;
    private readonly FrozenDictionary<(string Code, int Version), CatalogueItem> _versions;
    private readonly KeywordAutomaton _automaton;
    private readonly Keyword[] _keywords;

    /// <summary>Builds the catalogue of the current items and, optionally, earlier versions of them.</summary>
    /// <exception cref="ArgumentException">An item occurs twice in one version, or there is no item <see cref="OtherCode"/>.</exception>
    public Catalogue(IEnumerable<CatalogueItem> items)
    {
        var versions = items.ToList();
        _versions = versions.ToFrozenDictionary(i => (i.Code, i.Version));
        All = [.. versions.GroupBy(i => i.Code, StringComparer.Ordinal).Select(g => g.MaxBy(i => i.Version)!)];
        _current = All.ToFrozenDictionary(i => i.Code, StringComparer.Ordinal);
        Other = Find(OtherCode) ?? throw new ArgumentException($"The catalogue has no item '{OtherCode}'.", nameof(items));
        var written = All.SelectMany(item => item.Keywords.Select(word => (Word: word, Item: item)))
            .ToLookup(w => KeywordAutomaton.NormalForm(w.Word), StringComparer.Ordinal);
        _automaton = new(written.Select(g => g.Key));
        _keywords = [.. _automaton.Keywords.Select(k => new Keyword(written[k].First().Word, Math.Pow(KeywordText.Words(k.TrimEnd('*')), 2), [.. written[k].Select(w => w.Item).Distinct()]))];
    }

    /// <summary>The current items, in the order of the file.</summary>
    public IReadOnlyList<CatalogueItem> All { get; }

    /// <summary>The item for whatever fits no other.</summary>
    public CatalogueItem Other { get; }

    /// <summary>The current version of an item, or null.</summary>
    public CatalogueItem? Find(string code) => _current.GetValueOrDefault(code);

    /// <summary>One version of an item, or null.</summary>
    public CatalogueItem? Find(string code, int version) => _versions.GetValueOrDefault((code, version));

    /// <summary>
    /// The items for which the words of a text speak, the strongest first; ties go to the item whose word comes first in the text, then to the code
    /// that sorts first. Empty when no keyword occurs. Takes time linear in the text.
    /// </summary>
    public IReadOnlyList<KeywordMatch> Match(string text)
    {
        Dictionary<CatalogueItem, Tally> tallies = new(ReferenceEqualityComparer.Instance);
        HashSet<int> seen = [];
        foreach (var hit in _automaton.Find(text))
        {
            if (!seen.Add(hit.Keyword))
            {
                continue;
            }

            var keyword = _keywords[hit.Keyword];
            foreach (var item in keyword.Items)
            {
                if (!tallies.TryGetValue(item, out var tally))
                {
                    tallies.Add(item, tally = new(hit.Start));
                }

                tally.Score += keyword.Weight;
                tally.Words.Add(keyword.Text);
            }
        }

        return [.. tallies
            .OrderByDescending(t => t.Value.Score)
            .ThenBy(t => t.Value.First)
            .ThenBy(t => t.Key.Code, StringComparer.Ordinal)
            .Select(t => new KeywordMatch(t.Key, t.Value.Score, t.Value.Words))];
    }

    private sealed record Keyword(string Text, double Weight, CatalogueItem[] Items);

    private sealed class Tally(int first)
    {
        public int First { get; } = first;

        public double Score { get; set; }

        public List<string> Words { get; } = [];
    }
}
