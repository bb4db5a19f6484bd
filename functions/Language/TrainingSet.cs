namespace CityBrain.Language;

/// <summary>A text as a sparse vector: its n-grams, of length 1 together, and the constant.</summary>
/// <param name="Rows">Numbers of its n-grams; the last is the constant's.</param>
/// <param name="Values">Their values.</param>
/// <param name="Label">Number of its label.</param>
internal sealed record TrainingExample(int[] Rows, float[] Values, int Label)
{
    /// <summary>Square of its length.</summary>
    public float Square { get; } = Values.Sum(value => value * value);
}

/// <summary>Labelled texts as sparse vectors.</summary>
/// <param name="Labels">The labels, sorted.</param>
/// <param name="Buckets">The buckets of the hash that were kept, ascending.</param>
/// <param name="NgramWeights">Weight of each (<see cref="ClassifierFeatures.NgramWeights"/>).</param>
/// <param name="Examples">The texts.</param>
internal sealed record TrainingSet(string[] Labels, uint[] Buckets, float[] NgramWeights, IReadOnlyList<TrainingExample> Examples)
{
    /// <summary>Value of the constant in each text.</summary>
    public const float Constant = 0.3f;

    /// <summary>Counts the texts that have a label.</summary>
    public static TrainingSet Of(IReadOnlyList<LabelledText> texts, int minTexts)
    {
        var labelled = texts.Where(text => text.Label is not null).ToList();
        var labels = labelled.Select(text => text.Label!).Distinct().Order(StringComparer.Ordinal).ToArray();
        var labelOf = labelled.Select(text => Array.BinarySearch(labels, text.Label, StringComparer.Ordinal)).ToArray();
        var counted = Counted(labelled);
        var inTexts = new int[1 << LinearClassifier.HashBits];
        foreach (var bucket in counted.SelectMany(text => text.Buckets))
        {
            inTexts[bucket]++;
        }

        var kept = Enumerable.Range(0, inTexts.Length).Where(bucket => inTexts[bucket] >= minTexts).ToArray();
        var rowOf = new int[inTexts.Length];
        Array.Fill(rowOf, -1);
        for (var row = 0; row < kept.Length; row++)
        {
            rowOf[kept[row]] = row;
        }

        var inLabels = new int[kept.Length * labels.Length];
        for (var i = 0; i < counted.Count; i++)
        {
            foreach (var bucket in counted[i].Buckets.Where(bucket => rowOf[bucket] >= 0))
            {
                inLabels[(rowOf[bucket] * labels.Length) + labelOf[i]]++;
            }
        }

        var weights = ClassifierFeatures.NgramWeights(inLabels, [.. labels.Select((_, label) => labelOf.Count(other => other == label))]);
        return new TrainingSet(
            labels, Array.ConvertAll(kept, bucket => (uint)bucket), weights, [.. counted.Select((text, i) => Vector(text.Buckets, text.Frequencies, labelOf[i], rowOf, weights))]);
    }

    /// <summary>The trained rows, laid out for scoring.</summary>
    public ClassifierWeights Weights(float[] trained, float sharpness)
    {
        var stride = LabelRows.Stride(Labels.Length);
        var rows = trained[..(Buckets.Length * stride)];
        for (var row = 0; row < Buckets.Length; row++)
        {
            rows[(row * stride) + stride - 1] = NgramWeights[row];
        }

        return new ClassifierWeights(Labels, Buckets, rows, Array.ConvertAll(trained[^stride..][..Labels.Length], weight => weight * Constant), sharpness);
    }

    private static List<(uint[] Buckets, float[] Frequencies)> Counted(List<LabelledText> texts)
    {
        var counter = new NgramCounter(LinearClassifier.HashBits);
        return [.. texts.Select(text =>
        {
            counter.Clear();
            ClassifierFeatures.Count(counter, text.Title, text.Text);
            return (counter.Buckets.ToArray(), counter.Weights.ToArray());
        })];
    }

    private static TrainingExample Vector(uint[] buckets, float[] frequencies, int label, int[] rowOf, float[] weights)
    {
        var known = Enumerable.Range(0, buckets.Length).Where(i => rowOf[buckets[i]] >= 0).ToArray();
        var values = Array.ConvertAll(known, i => ClassifierFeatures.Sublinear(frequencies[i]) * weights[rowOf[buckets[i]]]);
        var length = MathF.Sqrt(values.Sum(value => value * value));
        return new TrainingExample(
            [.. known.Select(i => rowOf[buckets[i]]), weights.Length], [.. values.Select(value => value / length), Constant], label);
    }
}
