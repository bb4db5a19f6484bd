namespace CityBrain.Language;

/// <summary>The numbers of a linear classifier.</summary>
/// <param name="Labels">The labels, sorted.</param>
/// <param name="Buckets">The buckets of the hash that were kept, ascending; row i belongs to bucket i of these.</param>
/// <param name="Rows">For each bucket a row (<see cref="LabelRows"/>): a weight for each label; the last number is the weight of the n-gram itself.</param>
/// <param name="Bias">A number for each label.</param>
/// <param name="Sharpness">What the scores are multiplied with before they become probabilities (1 / temperature).</param>
internal sealed record ClassifierWeights(string[] Labels, uint[] Buckets, float[] Rows, float[] Bias, float Sharpness)
{
    private readonly int[] _rowOf = RowsByBucket(Buckets);

    /// <summary>Numbers in a row.</summary>
    public int Stride { get; } = LabelRows.Stride(Labels.Length);

    /// <summary>The row of a bucket; empty when the bucket was not kept.</summary>
    public ReadOnlySpan<float> RowOf(uint bucket) => _rowOf[bucket] is >= 0 and var row ? Rows.AsSpan(row * Stride, Stride) : default;

    /// <summary>Scores of the labels for counted n-grams.</summary>
    public void Scores(NgramCounter counter, Span<float> scores)
    {
        Span<float> sums = stackalloc float[Stride];
        sums.Clear();
        var buckets = counter.Buckets;
        var frequencies = counter.Weights;
        var square = 0f;
        for (var i = 0; i < buckets.Length; i++)
        {
            var row = RowOf(buckets[i]);
            if (!row.IsEmpty)
            {
                var value = ClassifierFeatures.Sublinear(frequencies[i]) * row[^1];
                square += value * value;
                LabelRows.Add(row, value, sums);
            }
        }

        var scale = square > 0 ? 1 / MathF.Sqrt(square) : 0;
        for (var label = 0; label < Labels.Length; label++)
        {
            scores[label] = (sums[label] * scale) + Bias[label];
        }
    }

    private static int[] RowsByBucket(uint[] buckets)
    {
        var rowOf = new int[1 << LinearClassifier.HashBits];
        Array.Fill(rowOf, -1);
        for (var row = 0; row < buckets.Length; row++)
        {
            rowOf[buckets[row]] = row;
        }

        return rowOf;
    }
}
