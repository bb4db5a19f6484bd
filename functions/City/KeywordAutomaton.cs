using System.Collections.Frozen;

namespace CityBrain.City;

/// <summary>
/// Finds all keywords in one pass over a text (Aho and Corasick, CACM 18(6), 1975). Case and punctuation do not count. A keyword whose end
/// is a letter or digit of a spaced script matches whole words only, unless it ends in <c>*</c>, which lets the word go on; Chinese keywords match
/// anywhere. A match inside a longer match does not count. Immutable and safe for concurrent use.
/// </summary>
public sealed class KeywordAutomaton
{
    private const int NoPattern = -1;

    private readonly FrozenDictionary<long, int> _goto;
    private readonly int[] _failure;
    private readonly int[] _pattern;      // the keyword that ends in a state
    private readonly int[] _shorter;      // the nearest state on the failure path in which a keyword ends
    private readonly Pattern[] _patterns;

    /// <summary>Builds the automaton; keywords that are the same in their normal form are one.</summary>
    /// <exception cref="ArgumentException">A keyword holds neither letter nor digit, or stands both with and without <c>*</c>.</exception>
    public KeywordAutomaton(IEnumerable<string> keywords)
    {
        _patterns = [.. keywords.Select(PatternOf).Distinct()];
        Keywords = [.. _patterns.Select(p => p.NormalForm)];
        Dictionary<long, int> transitions = [];
        List<int> pattern = [NoPattern], depth = [0], parent = [0];
        List<char> symbol = ['\0'];
        for (var p = 0; p < _patterns.Length; p++)
        {
            var state = 0;
            foreach (var c in _patterns[p].Text)
            {
                if (!transitions.TryGetValue(Key(state, c), out var next))
                {
                    next = pattern.Count;
                    transitions.Add(Key(state, c), next);
                    pattern.Add(NoPattern);
                    depth.Add(depth[state] + 1);
                    parent.Add(state);
                    symbol.Add(c);
                }

                state = next;
            }

            pattern[state] = pattern[state] == NoPattern
                ? p
                : throw new ArgumentException($"The keyword '{_patterns[p].Text}' stands both with and without *; write it one way.", nameof(keywords));
        }

        _goto = transitions.ToFrozenDictionary();
        _pattern = [.. pattern];
        (_failure, _shorter) = (new int[_pattern.Length], new int[_pattern.Length]);
        foreach (var state in Enumerable.Range(1, _pattern.Length - 1).OrderBy(s => depth[s]))
        {
            var failure = parent[state] == 0 ? 0 : Step(_failure[parent[state]], symbol[state]);
            _failure[state] = failure;
            _shorter[state] = _pattern[failure] != NoPattern ? failure : _shorter[failure];
        }
    }

    /// <summary>The normal forms of the keywords; <see cref="Hit.Keyword"/> is an index into them.</summary>
    public IReadOnlyList<string> Keywords { get; }

    /// <summary>The form under which <see cref="Keywords"/> lists a keyword.</summary>
    public static string NormalForm(string keyword) => PatternOf(keyword).NormalForm;

    /// <summary>All matches that lie in no longer match, in the order of the text.</summary>
    public IReadOnlyList<Hit> Find(string text)
    {
        var normal = KeywordText.Normalise(text);
        List<Hit> hits = [];
        var state = 0;
        for (var i = 0; i < normal.Length; i++)
        {
            state = Step(state, normal[i]);
            for (var s = _pattern[state] != NoPattern ? state : _shorter[state]; s != 0; s = _shorter[s])
            {
                var start = i + 1 - _patterns[_pattern[s]].Text.Length;
                if (IsWhole(normal, start, i + 1, _patterns[_pattern[s]].IsPrefix))
                {
                    hits.Add(new(_pattern[s], start, i + 1));
                }
            }
        }

        return Outermost(hits);
    }

    private static List<Hit> Outermost(List<Hit> hits)
    {
        hits.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var end = 0;
        return hits.FindAll(hit =>
        {
            var outermost = hit.End > end;
            end = Math.Max(end, hit.End);
            return outermost;
        });
    }

    private static bool IsWhole(string text, int start, int end, bool isPrefix) =>
        (start == 0 || !KeywordText.IsSpacedScript(text[start]) || !KeywordText.IsSpacedScript(text[start - 1]))
        && (isPrefix || end == text.Length || !KeywordText.IsSpacedScript(text[end - 1]) || !KeywordText.IsSpacedScript(text[end]));

    private static Pattern PatternOf(string keyword)
    {
        var text = KeywordText.Normalise(keyword);
        return text.Length > 0
            ? new(text, keyword.TrimEnd().EndsWith('*'))
            : throw new ArgumentException($"The keyword '{keyword}' holds neither letter nor digit.", nameof(keyword));
    }

    private static long Key(int state, char c) => ((long)state << 16) | c;

    private int Step(int state, char c)
    {
        while (true)
        {
            if (_goto.TryGetValue(Key(state, c), out var next))
            {
                return next;
            }

            if (state == 0)
            {
                return 0;
            }

            state = _failure[state];
        }
    }

    /// <summary>A match.</summary>
    /// <param name="Keyword">Index into <see cref="Keywords"/>.</param>
    /// <param name="Start">First character, in the normal form of the text.</param>
    /// <param name="End">The character after the last.</param>
    public readonly record struct Hit(int Keyword, int Start, int End);

    private sealed record Pattern(string Text, bool IsPrefix)
    {
        public string NormalForm => IsPrefix ? Text + "*" : Text;
    }
}
