namespace CityBrain.EarlyWarning.Topics;

/// <summary>A run of tokens of some texts: characters of Chinese, words of other scripts.</summary>
internal sealed class TopicGram(string text, int length, bool isHan)
{
    public string Text => text;

    /// <summary>Tokens.</summary>
    public int Length => length;

    public bool IsHan => isHan;

    /// <summary>Texts that hold it.</summary>
    public HashSet<int> Texts { get; } = [];

    /// <summary>What stands before it, and how often; a boundary is never the same twice.</summary>
    public Dictionary<string, int> Before { get; } = new(StringComparer.Ordinal);

    /// <summary>What stands after it.</summary>
    public Dictionary<string, int> After { get; } = new(StringComparer.Ordinal);

    /// <summary>How freely it stands among others: entropy of its neighbours, on the side where it is the smaller. 0 for a part of a longer one.</summary>
    public double Freedom => Math.Min(EntropyOf(Before.Values), EntropyOf(After.Values));

    private static double EntropyOf(IReadOnlyCollection<int> counts)
    {
        double all = counts.Sum();
        return -counts.Sum(count => count / all * Math.Log(count / all));
    }
}

/// <summary>Counts the grams of texts with their neighbours.</summary>
/// <param name="longestHan">Longest gram of Chinese, in characters.</param>
/// <param name="longestWords">Longest gram of words.</param>
/// <param name="isEmpty">True for a word that says nothing: a gram stands as freely beside it as at a boundary.</param>
internal sealed class TopicGrams(int longestHan, int longestWords, Predicate<string> isEmpty)
{
    private readonly Dictionary<string, TopicGram> _grams = new(StringComparer.Ordinal);
    private readonly List<(string Text, bool IsHan)> _run = [];
    private int _boundaries;

    /// <summary>The grams.</summary>
    public IReadOnlyCollection<TopicGram> All => _grams.Values;

    /// <summary>Counts a part of a text.</summary>
    /// <param name="part">The part: nothing before or after it belongs to it.</param>
    /// <param name="number">Number of the text.</param>
    /// <param name="isMixed">True when a gram may hold both words and characters of Chinese, as names of places do.</param>
    public void Count(ReadOnlySpan<char> part, int number, bool isMixed)
    {
        _run.Clear();
        for (var at = 0; at < part.Length;)
        {
            var start = at;
            if (TopicTerms.IsHan(part[at]))
            {
                Take(part.Slice(at++, 1), true, isMixed, number);
            }
            else if (char.IsLetterOrDigit(part[at]))
            {
                while (at < part.Length && !TopicTerms.IsHan(part[at]) && (char.IsLetterOrDigit(part[at]) || part[at] is '\'' or '’'))
                {
                    at++;
                }

                Take(part[start..at], false, isMixed, number);
            }
            else if (part[at++] != ' ')
            {
                EndRun(number);
            }
        }

        EndRun(number);
    }

    private void Take(ReadOnlySpan<char> token, bool isHan, bool isMixed, int number)
    {
        if (!isMixed && _run.Count > 0 && _run[^1].IsHan != isHan)
        {
            EndRun(number);
        }

        _run.Add((isMixed ? token.ToString() : token.ToString().ToLowerInvariant(), isHan));
    }

    private void EndRun(int number)
    {
        for (var start = 0; start < _run.Count; start++)
        {
            var text = "";
            var longest = _run.Exists(token => token.IsHan) ? longestHan : longestWords;
            for (var end = start; end < _run.Count && end - start < longest; end++)
            {
                text += (end > start && !_run[end].IsHan && !_run[end - 1].IsHan ? " " : "") + _run[end].Text;
                if (!_grams.TryGetValue(text, out var gram))
                {
                    _grams[text] = gram = new(text, end - start + 1, _run[end].IsHan);
                }

                gram.Texts.Add(number);
                CountNeighbour(gram.Before, start - 1, -1);
                CountNeighbour(gram.After, end + 1, 1);
            }
        }

        _run.Clear();
    }

    private void CountNeighbour(Dictionary<string, int> neighbours, int at, int step)
    {
        var neighbour = at >= 0 && at < _run.Count && !IsEmptyAt(at, step) ? _run[at].Text : $" {_boundaries++}";
        neighbours[neighbour] = neighbours.GetValueOrDefault(neighbour) + 1;
    }

    /// <summary>True when an empty word begins here and goes away from the gram: one token, or two characters of Chinese.</summary>
    private bool IsEmptyAt(int at, int step)
    {
        var further = at + step;
        return isEmpty(_run[at].Text)
            || (further >= 0 && further < _run.Count && _run[at].IsHan && isEmpty(step > 0 ? _run[at].Text + _run[further].Text : _run[further].Text + _run[at].Text));
    }
}
