namespace CityBrain.Language;

/// <summary>Quality for one label.</summary>
/// <param name="Label">The label.</param>
/// <param name="Count">Texts that have it.</param>
/// <param name="Precision">Share of the texts given it that have it.</param>
/// <param name="Recall">Share of the texts that have it that were given it.</param>
/// <param name="F1">Harmonic mean of the two.</param>
public sealed record LabelScore(string Label, int Count, double Precision, double Recall, double F1);

/// <summary>Texts of one label that were given another.</summary>
public sealed record Confusion(string Label, string Predicted, int Count);

/// <summary>Answers to texts whose label is known.</summary>
/// <param name="Label">The right label.</param>
/// <param name="Predicted">The label that the model gave.</param>
/// <param name="P">The probability that the model gave it.</param>
public sealed record ScoredAnswer(string Label, string Predicted, double P);

/// <summary>Quality of a model over texts that its training did not see.</summary>
/// <param name="Count">Texts.</param>
/// <param name="Accuracy">Share answered rightly.</param>
/// <param name="MacroF1">Mean of the labels' F1: a rare label counts as much as a common one.</param>
/// <param name="CalibrationError">Expected calibration error over ten bins: mean distance between probability and share that is right, 0 to 1.</param>
/// <param name="Labels">Each label, the commonest first.</param>
/// <param name="Confusions">Each confused pair, the commonest first.</param>
public sealed record ClassifierScores(
    int Count, double Accuracy, double MacroF1, double CalibrationError, IReadOnlyList<LabelScore> Labels, IReadOnlyList<Confusion> Confusions)
{
    private const int Bins = 10;

    /// <summary>Counts the answers.</summary>
    public static ClassifierScores Of(IReadOnlyList<ScoredAnswer> answers)
    {
        var labels = answers.Select(answer => answer.Label).Distinct().Select(label => ScoreOf(label, answers))
            .OrderByDescending(score => score.Count).ThenBy(score => score.Label, StringComparer.Ordinal).ToList();
        var confusions = answers.Where(answer => answer.Label != answer.Predicted).GroupBy(answer => (answer.Label, answer.Predicted))
            .Select(pair => new Confusion(pair.Key.Label, pair.Key.Predicted, pair.Count())).OrderByDescending(pair => pair.Count).ToList();
        return new ClassifierScores(
            answers.Count,
            Share(answers),
            labels.Select(label => label.F1).DefaultIfEmpty().Average(),
            answers.GroupBy(answer => Math.Min(Bins - 1, (int)(answer.P * Bins)))
                .Sum(bin => Math.Abs(bin.Average(answer => answer.P) - Share([.. bin])) * bin.Count() / answers.Count),
            labels,
            confusions);
    }

    private static LabelScore ScoreOf(string label, IReadOnlyList<ScoredAnswer> answers)
    {
        var right = answers.Count(answer => answer.Label == label && answer.Predicted == label);
        var (have, given) = (answers.Count(answer => answer.Label == label), answers.Count(answer => answer.Predicted == label));
        return new LabelScore(label, have, given > 0 ? (double)right / given : 0, (double)right / have, 2d * right / (have + given));
    }

    private static double Share(IReadOnlyCollection<ScoredAnswer> answers) =>
        answers.Count > 0 ? (double)answers.Count(answer => answer.Label == answer.Predicted) / answers.Count : 0;
}
