namespace CityBrain.Language;

/// <summary>
/// Linear support vector machines with squared hinge loss, one for each label against the rest, by dual coordinate descent (Hsieh et al. 2008,
/// the method of LIBLINEAR). All labels are trained side by side, so that each pass over the texts reads them once. Deterministic.
/// </summary>
internal static class OneVersusRestTrainer
{
    private const float Tiny = 1e-5f;

    /// <summary>Trains on the examples with these numbers.</summary>
    /// <returns>A row of weights for each n-gram of the set, and at the end the row of the constant.</returns>
    public static float[] Train(TrainingSet set, ReadOnlySpan<int> examples, ClassifierTrainingOptions options)
    {
        var stride = LabelRows.Stride(set.Labels.Length);
        var rows = new float[(set.Buckets.Length + 1) * stride];
        var duals = new float[set.Examples.Count * stride];
        var steps = new float[stride];
        var order = examples.ToArray();
        var seed = options.Seed;
        var ridge = 0.5f / options.Cost;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            Shuffle.In(order, ref seed);
            foreach (var number in order)
            {
                var example = set.Examples[number];
                Scores(rows, example, steps);
                if (Steps(example, duals.AsSpan(number * stride, set.Labels.Length), steps, ridge))
                {
                    for (var i = 0; i < example.Rows.Length; i++)
                    {
                        LabelRows.Add(steps, example.Values[i], rows.AsSpan(example.Rows[i] * stride, stride));
                    }
                }
            }
        }

        return rows;
    }

    /// <summary>Scores of an example: a whole row, of which the labels' numbers come first.</summary>
    public static void Scores(float[] rows, TrainingExample example, Span<float> scores)
    {
        scores.Clear();
        for (var i = 0; i < example.Rows.Length; i++)
        {
            LabelRows.Add(rows.AsSpan(example.Rows[i] * scores.Length, scores.Length), example.Values[i], scores);
        }
    }

    /// <summary>Turns the scores into the step of each label's weights.</summary>
    /// <returns>False when nothing moves.</returns>
    private static bool Steps(TrainingExample example, Span<float> duals, Span<float> scores, float ridge)
    {
        var moved = false;
        for (var label = 0; label < duals.Length; label++)
        {
            var sign = label == example.Label ? 1 : -1;
            var gradient = (sign * scores[label]) - 1 + (ridge * duals[label]);
            var dual = MathF.Max(0, duals[label] - (gradient / (example.Square + ridge)));
            var step = dual - duals[label];
            scores[label] = MathF.Abs(step) > Tiny ? step * sign : 0;
            duals[label] = MathF.Abs(step) > Tiny ? dual : duals[label];
            moved |= scores[label] != 0;
        }

        scores[duals.Length..].Clear();
        return moved;
    }
}
