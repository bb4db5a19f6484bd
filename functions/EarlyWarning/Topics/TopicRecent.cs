using CityBrain.Language;

namespace CityBrain.EarlyWarning.Topics;

/// <summary>The latest texts of a topic that are no copies, word for word: copies are found among them, and names.</summary>
internal sealed class TopicRecent
{
    /// <summary>Texts that are remembered.</summary>
    public const int Remembered = 24;

    private const int Longest = 120;

    private readonly List<(string Text, ulong[] Shingles)> _texts = [];

    /// <summary>The texts, the oldest first.</summary>
    public IReadOnlyList<string> Texts => _texts.ConvertAll(text => text.Text);

    /// <summary>The part of a text that is remembered and compared; never half a character.</summary>
    public static string Shortened(string text) => text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];

    /// <summary>True when one of the texts is nearly the same.</summary>
    public bool HoldsCopyOf(ulong[] shingles, double threshold) => shingles.Length > 0 && _texts.Exists(recent =>
        Math.Min(shingles.Length, recent.Shingles.Length) >= threshold * Math.Max(shingles.Length, recent.Shingles.Length)
        && Shingles.Jaccard(shingles, recent.Shingles, threshold) >= threshold);

    /// <summary>Remembers a shortened text.</summary>
    public void Add(string text, ulong[] shingles)
    {
        if (_texts.Count == Remembered)
        {
            _texts.RemoveAt(0);
        }

        _texts.Add((text, shingles));
    }

    /// <summary>Takes as many of another topic's latest texts as there is room for, as older ones.</summary>
    public void AddOlder(TopicRecent other) => _texts.InsertRange(0, other._texts[^Math.Min(other._texts.Count, Remembered - _texts.Count)..]);

    /// <summary>Takes what was stored.</summary>
    public void Restore(IEnumerable<string> texts) => _texts.AddRange(texts.Select(text => (text, Shingles.Of(text))));
}
