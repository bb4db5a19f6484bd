using CityBrain.Language;

namespace CityBrain.Triage;

/// <summary>A trained classifier as triage asks it.</summary>
public sealed class TrainedModel(LinearClassifier classifier) : ICategoryModel
{
    private const int MostWords = 5;

    /// <inheritdoc/>
    public string Version => classifier.Version;

    /// <inheritdoc/>
    public CategoryGuess? Guess(string title, string text)
    {
        var prediction = classifier.Predict(title, text);
        return prediction.Evidence.Count == 0 ? null : new(
            [.. prediction.Top.Select(candidate => new CategoryCandidate(candidate.Label, Math.Round(candidate.P, 3)))],
            [.. prediction.Evidence.Take(MostWords).Select(evidence => evidence.Piece)]);
    }
}
