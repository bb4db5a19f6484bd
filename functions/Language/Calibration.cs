namespace CityBrain.Language;

/// <summary>Makes probabilities mean what they say: temperature scaling (Guo et al. 2017), on texts that the training did not see.</summary>
internal static class Calibration
{
    private const double Least = 0.05;
    private const double Most = 20;
    private const int Steps = 40;

    /// <summary>The sharpness with which the labels of the unseen examples are likeliest; found by golden section on its logarithm.</summary>
    public static float Sharpness(TrainingSet set, float[] rows, IReadOnlyList<int> unseen)
    {
        var examples = unseen.Select(number =>
        {
            var scores = new float[LabelRows.Stride(set.Labels.Length)];
            OneVersusRestTrainer.Scores(rows, set.Examples[number], scores);
            return (Scores: scores[..set.Labels.Length], set.Examples[number].Label);
        }).ToArray();
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(Least), Math.Log(Most));
        for (var step = 0; step < Steps; step++)
        {
            var (left, right) = (high - (ratio * (high - low)), low + (ratio * (high - low)));
            (low, high) = Loss(examples, left) < Loss(examples, right) ? (low, right) : (left, high);
        }

        return (float)Math.Exp((low + high) / 2);
    }

    private static double Loss((float[] Scores, int Label)[] examples, double logSharpness)
    {
        var sharpness = (float)Math.Exp(logSharpness);
        var loss = 0d;
        foreach (var (scores, label) in examples)
        {
            var probabilities = scores.ToArray();
            Softmax.Apply(probabilities, sharpness);
            loss -= Math.Log(Math.Max(probabilities[label], 1e-9));
        }

        return loss;
    }
}
