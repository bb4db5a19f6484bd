namespace CityBrain.Language;

/// <summary>How a classifier is trained.</summary>
/// <param name="Epochs">Times that each text is seen.</param>
/// <param name="Cost">Cost of a text on the wrong side, against the size of the weights (C of a support vector machine); above 0.</param>
/// <param name="MinTexts">An n-gram in fewer texts is left out.</param>
/// <param name="Seed">Seed of the order in which texts are seen.</param>
public sealed record ClassifierTrainingOptions(int Epochs = 8, float Cost = 2, int MinTexts = 3, ulong Seed = 1);

/// <summary>Trains a classifier. The same texts in the same order give the same model. Pure.</summary>
public static class ClassifierTraining
{
    private const int HeldOutEach = 8;

    /// <summary>
    /// Trains on all labelled texts; the sharpness of the probabilities is fitted on an eighth that a first training does not see.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer than two labels.</exception>
    public static LinearClassifier Train(IReadOnlyList<LabelledText> texts, ClassifierTrainingOptions? options = null)
    {
        options ??= new ClassifierTrainingOptions();
        var set = TrainingSet.Of(texts, options.MinTexts);
        if (set.Labels.Length < 2)
        {
            throw new ArgumentException("A classifier needs texts with at least two different labels.", nameof(texts));
        }

        var order = Shuffle.Order(set.Examples.Count, options.Seed);
        var seen = order.Where((_, at) => at % HeldOutEach != 0).ToArray();
        var unseen = order.Where((_, at) => at % HeldOutEach == 0).ToArray();
        var sharpness = Calibration.Sharpness(set, OneVersusRestTrainer.Train(set, seen, options), unseen);
        return new LinearClassifier(set.Weights(OneVersusRestTrainer.Train(set, order, options), sharpness));
    }
}
