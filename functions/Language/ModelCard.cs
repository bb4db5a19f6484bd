using System.Globalization;
using System.Text;

namespace CityBrain.Language;

/// <summary>What a person should know before trusting a model, as Markdown.</summary>
public static class ModelCard
{
    private const int MostConfusions = 10;

    /// <summary>Writes the card.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scores">Its quality by cross-validation.</param>
    /// <param name="folds">Folds of the cross-validation.</param>
    /// <param name="trained">Day of the training.</param>
    public static string Write(LinearClassifier model, ClassifierScores scores, int folds, DateOnly trained)
    {
        var card = new StringBuilder();
        void Line(FormattableString line) => card.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"# Model card: classifier {model.Version}");
        Line($"");
        Line($"Linear one-versus-rest model over hashed n-grams, trained on {trained:yyyy-MM-dd} with {scores.Count} labelled texts.");
        Line($"Measured by {folds}-fold cross-validation: each text is answered by a model that did not see it.");
        Line($"");
        Line($"- accuracy {scores.Accuracy:0.000}");
        Line($"- macro-F1 {scores.MacroF1:0.000}");
        Line($"- calibration error {scores.CalibrationError:0.000} (mean distance between the stated probability and the share that is right)");
        Line($"");
        Line($"| label | texts | precision | recall | F1 |");
        Line($"|---|---:|---:|---:|---:|");
        foreach (var label in scores.Labels)
        {
            Line($"| {label.Label} | {label.Count} | {label.Precision:0.000} | {label.Recall:0.000} | {label.F1:0.000} |");
        }

        Line($"");
        Line($"Most often confused:");
        Line($"");
        foreach (var pair in scores.Confusions.Take(MostConfusions))
        {
            Line($"- {pair.Label} taken for {pair.Predicted}: {pair.Count}");
        }

        return card.ToString();
    }
}
