namespace CityBrain.Language;

/// <summary>What of a text counts for its label, and how much.</summary>
internal static class ClassifierFeatures
{
    /// <summary>Weight of each occurrence in the title; in the text it is 1.</summary>
    public const float TitleWeight = 2;

    /// <summary>Characters at the beginning of a text that count as the title when there is none.</summary>
    public const int LeadLength = 30;

    private const float Shortest = 1e-9f;

    /// <summary>How many characters of the text stand for the title.</summary>
    public static int LeadOf(int titleLength, int textLength) => titleLength > 0 ? 0 : Math.Min(LeadLength, textLength);

    /// <summary>Counts title and text.</summary>
    public static void Count(NgramCounter counter, ReadOnlySpan<char> title, ReadOnlySpan<char> text)
    {
        var lead = LeadOf(title.Length, text.Length);
        counter.Add(title, TitleWeight);
        counter.Add(text[..lead], TitleWeight);
        counter.Add(text[lead..], 1);
    }

    /// <summary>Value of an n-gram before its own weight: sublinear, so that a word said ten times is not ten words.</summary>
    public static float Sublinear(float frequency) => 1 + MathF.Log(MathF.Max(1, frequency));

    /// <summary>
    /// Weight of each n-gram: inverse document frequency, times the root of how far the label it speaks for or against most stands out
    /// (largest |ln| of its frequency in a label's texts over that in the others, both smoothed).
    /// </summary>
    /// <param name="inLabels">For each n-gram, in how many texts of each label it occurs.</param>
    /// <param name="texts">How many texts each label has.</param>
    public static float[] NgramWeights(int[] inLabels, int[] texts)
    {
        var all = texts.Sum();
        var weights = new float[inLabels.Length / texts.Length];
        for (var row = 0; row < weights.Length; row++)
        {
            var counts = inLabels.AsSpan(row * texts.Length, texts.Length);
            var total = 0;
            foreach (var count in counts)
            {
                total += count;
            }

            var contrast = 0f;
            for (var label = 0; label < counts.Length; label++)
            {
                var inside = (counts[label] + 1f) / (texts[label] + 2);
                var outside = (total - counts[label] + 1f) / (all - texts[label] + 2);
                contrast = MathF.Max(contrast, MathF.Abs(MathF.Log(inside / outside)));
            }

            weights[row] = (MathF.Log((1f + all) / (1 + total)) + 1) * MathF.Sqrt(contrast + Shortest);
        }

        return weights;
    }
}
