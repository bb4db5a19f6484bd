namespace CityBrain.Language;

/// <summary>
/// Maps the n-grams that decided back to pieces of the text: each n-gram spreads its part in the score over its characters, and runs of
/// characters that speak for the label become pieces; a single character says nothing to a person and is left out. Pure.
/// </summary>
internal static class EvidenceFinder
{
    private const int MostPieces = 5;
    private const int ShortestPiece = 2;
    private const float Share = 0.15f;

    /// <summary>The pieces of title and text that speak most for a label.</summary>
    public static IReadOnlyList<Evidence> Find(ClassifierWeights weights, int label, string title, string text)
    {
        var counter = new NgramCounter(LinearClassifier.HashBits);
        ClassifierFeatures.Count(counter, title, text);
        var values = new Dictionary<uint, float>(counter.Count);
        var square = 0f;
        for (var i = 0; i < counter.Count; i++)
        {
            var row = weights.RowOf(counter.Buckets[i]);
            if (!row.IsEmpty)
            {
                var value = ClassifierFeatures.Sublinear(counter.Weights[i]) * row[^1];
                square += value * value;
                values[counter.Buckets[i]] = value * Lead(row[..weights.Labels.Length], label) / counter.Weights[i];
            }
        }

        var scale = square > 0 ? weights.Sharpness / MathF.Sqrt(square) : 0;
        var lead = ClassifierFeatures.LeadOf(title.Length, text.Length);
        var head = lead > 0 ? text[..lead] : title;
        return
        [
            .. Pieces(head, values, scale * ClassifierFeatures.TitleWeight).Concat(Pieces(text[lead..], values, scale))
                .GroupBy(piece => piece.Piece)
                .Select(same => new Evidence(same.Key, same.Sum(piece => piece.Weight)))
                .OrderByDescending(piece => piece.Weight)
                .Take(MostPieces),
        ];
    }

    /// <summary>How far the label's weight lies above the mean of all.</summary>
    private static float Lead(ReadOnlySpan<float> row, int label)
    {
        var sum = 0f;
        foreach (var weight in row)
        {
            sum += weight;
        }

        return row[label] - (sum / row.Length);
    }

    private static IEnumerable<Evidence> Pieces(string text, Dictionary<uint, float> values, float scale)
    {
        var (normalised, positions) = (new char[text.Length + 1], new int[text.Length + 1]);
        var length = NgramText.Normalise(text, normalised, positions);
        var spread = new float[length];
        var sink = new Sink(values, spread, scale);
        NgramWalk.Walk(normalised.AsSpan(0, length), ref sink);
        var least = spread.DefaultIfEmpty().Max() * Share;
        for (var start = 0; start < length; start++)
        {
            var end = start;
            var sum = 0f;
            while (end < length && spread[end] > least && normalised[end] != ' ')
            {
                sum += spread[end++];
            }

            if (end - start >= ShortestPiece)
            {
                yield return new Evidence(text[positions[start]..(positions[end - 1] + 1)], sum);
            }

            start = Math.Max(start, end - 1);
        }
    }

    private readonly struct Sink(Dictionary<uint, float> values, float[] spread, float scale) : INgramSink
    {
        public void Take(int start, int length, uint hash)
        {
            if (values.TryGetValue(hash >> (32 - LinearClassifier.HashBits), out var value))
            {
                for (var i = start; i < start + length; i++)
                {
                    spread[i] += value * scale / length;
                }
            }
        }
    }
}
