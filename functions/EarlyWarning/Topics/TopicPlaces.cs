using System.Text.RegularExpressions;

namespace CityBrain.EarlyWarning.Topics;

/// <summary>A part of a text that does not belong to the issue.</summary>
/// <param name="Start">First character.</param>
/// <param name="End">The character after the last.</param>
/// <param name="IsPlace">True for the name of a place, false for a mark that redaction left, such as [phone].</param>
internal readonly record struct TopicCut(int Start, int End, bool IsPlace);

/// <summary>
/// Finds the names of places in a text: those that are known, and by their form those that are not (某某小区, 人民路, A7县, "97 Street", "Jamaica Bay
/// Park"). A name that is taken for longer or shorter than it is does little harm: names are compared by their pairs of characters. Safe for concurrent use.
/// </summary>
public sealed partial class TopicPlaces
{
    private readonly ILookup<string, string> _known;

    /// <param name="known">Names of places in any script, such as those of a gazetteer; names of one character are not used.</param>
    public TopicPlaces(IEnumerable<string> known) =>
        _known = known.Where(name => name.Length > 1).OrderByDescending(name => name.Length).ToLookup(name => name[..2].ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Knows no name.</summary>
    public static TopicPlaces None { get; } = new([]);

    /// <summary>The cuts of a text in its order; none overlaps another, and names that touch are one.</summary>
    internal void Find(string text, List<TopicCut> cuts)
    {
        cuts.Clear();
        if (_known.Count > 0)
        {
            FindKnown(text, cuts);
        }

        ChinesePlaces.Find(text, cuts);
        if (text.AsSpan().ContainsAnyInRange('A', 'Z'))
        {
            foreach (var match in EnglishName().EnumerateMatches(text))
            {
                cuts.Add(new(match.Index, match.Index + match.Length, true));
            }
        }

        if (text.Contains('['))
        {
            foreach (var match in RedactionMark().EnumerateMatches(text))
            {
                cuts.Add(new(match.Index, match.Index + match.Length, false));
            }
        }

        if (cuts.Count > 1)
        {
            Join(cuts);
        }
    }

    private void FindKnown(string text, List<TopicCut> cuts)
    {
        Span<char> start = stackalloc char[2];
        for (var at = 0; at + 1 < text.Length; at++)
        {
            (start[0], start[1]) = (char.ToLowerInvariant(text[at]), char.ToLowerInvariant(text[at + 1]));
            foreach (var name in _known[new string(start)])
            {
                if (text.AsSpan(at).StartsWith(name, StringComparison.OrdinalIgnoreCase) && IsWhole(text, at, at + name.Length))
                {
                    cuts.Add(new(at, at + name.Length, true));
                    at += name.Length - 1;
                    break;
                }
            }
        }
    }

    /// <summary>False inside a word of a script that parts words by spaces.</summary>
    private static bool IsWhole(string text, int start, int end) =>
        !(start > 0 && IsOfWord(text[start - 1]) && IsOfWord(text[start])) && !(end < text.Length && IsOfWord(text[end - 1]) && IsOfWord(text[end]));

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) && !TopicTerms.IsHan(c);

    private static void Join(List<TopicCut> cuts)
    {
        cuts.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var last = 0;
        for (var i = 1; i < cuts.Count; i++)
        {
            var (before, cut) = (cuts[last], cuts[i]);
            if (cut.Start < before.End || (cut.Start == before.End && cut.IsPlace == before.IsPlace))
            {
                cuts[last] = before with { End = Math.Max(before.End, cut.End) };
            }
            else
            {
                cuts[++last] = cut;
            }
        }

        cuts.RemoveRange(last + 1, cuts.Count - last - 1);
    }

    [GeneratedRegex(@"\b(?!(?:The|This|That|My|Our|Your|A|No|Dirty|Broken|Main)\s)(?:\d{1,5}\s+)?(?:(?:[A-Z][a-z'’]+|[A-Z]|\d{1,4}(?:st|nd|rd|th)?)\s+){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Park|Parkway|Square|Heights|Hills?|Village|Estates?|Gardens|Court|Plaza|Bridge|Terrace)\b(?!\s*/|\s+(?i:lights?|lamps?|signs?|trees?|clean|sweep|flood|condition|noise))")]
    private static partial Regex EnglishName();

    [GeneratedRegex(@"\[[a-z]+(?: \p{L}+)?\]")]
    private static partial Regex RedactionMark();
}
