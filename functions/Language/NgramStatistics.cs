namespace CityBrain.Language;

/// <summary>
/// How rare n-grams are, learned from texts of the kind that will be compared: what every reply says ("thank you for your message") weighs
/// nothing, what few texts say weighs much. Immutable.
/// </summary>
public sealed class NgramStatistics
{
    /// <summary>Bits of a hashed n-gram's bucket.</summary>
    internal const int Bits = 18;

    private const float CommonShare = 0.2f;
    private const int Prior = 50;

    private readonly int[] _inTexts = new int[1 << Bits];
    private readonly int _texts;

    private NgramStatistics(IEnumerable<string> texts)
    {
        var counter = NewCounter();
        foreach (var text in texts)
        {
            counter.Clear();
            counter.Add(text, 1);
            _texts++;
            foreach (var bucket in counter.Buckets)
            {
                _inTexts[bucket]++;
            }
        }
    }

    /// <summary>Knows no text: every n-gram weighs the same.</summary>
    public static NgramStatistics None { get; } = new([]);

    /// <summary>True when it knows no text.</summary>
    public bool IsEmpty => _texts == 0;

    /// <summary>Learns from texts, each counted by itself: messages and replies alike.</summary>
    public static NgramStatistics Learn(IEnumerable<string> texts) => new(texts);

    /// <summary>Weight of an n-gram: square of ln(a fifth of the texts / the texts that hold it), 0 when a fifth of them do: a rare name outweighs common words.</summary>
    internal float WeightOf(uint bucket)
    {
        if (_texts == 0)
        {
            return 1;
        }

        var rarity = MathF.Max(0, MathF.Log(CommonShare * (_texts + Prior) / (_inTexts[bucket] + 1)));
        return rarity * rarity;
    }

    internal static NgramCounter NewCounter() => new(Bits);
}
