namespace CityBrain.Language;

/// <summary>Measures a training on texts that it did not see: k folds, each answered by a model trained on the others. Deterministic.</summary>
public static class CrossValidation
{
    /// <summary>Answers every labelled text from outside its fold.</summary>
    /// <param name="texts">The texts; those without a label are left out.</param>
    /// <param name="folds">How many folds; at least 2.</param>
    /// <param name="groups">For each text the number of its group; a group stays in one fold. Null: each text is its own group.</param>
    /// <param name="options">How the models are trained.</param>
    /// <returns>An answer for each labelled text.</returns>
    public static IReadOnlyList<ScoredAnswer> Answers(
        IReadOnlyList<LabelledText> texts, int folds = 5, IReadOnlyList<int>? groups = null, ClassifierTrainingOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        var foldOf = Folds(texts, folds, groups);
        var answers = new ScoredAnswer?[texts.Count];
        Parallel.For(0, folds, fold =>
        {
            var model = ClassifierTraining.Train([.. texts.Where((_, i) => foldOf[i] != fold)], options);
            for (var i = 0; i < texts.Count; i++)
            {
                if (foldOf[i] == fold && texts[i].Label is { } label)
                {
                    answers[i] = Answer(model, texts[i], label);
                }
            }
        });
        return [.. answers.OfType<ScoredAnswer>()];
    }

    private static ScoredAnswer Answer(LinearClassifier model, LabelledText text, string label)
    {
        var probabilities = new float[model.Labels.Count];
        model.Score(text.Title, text.Text, probabilities);
        var best = Array.IndexOf(probabilities, probabilities.Max());
        return new ScoredAnswer(label, model.Labels[best], probabilities[best]);
    }

    private static int[] Folds(IReadOnlyList<LabelledText> texts, int folds, IReadOnlyList<int>? groups)
    {
        var groupOf = groups ?? [.. Enumerable.Range(0, texts.Count)];
        var place = Shuffle.Order(groupOf.DefaultIfEmpty(-1).Max() + 1, seed: 7);
        return [.. groupOf.Select(group => place[group] % folds)];
    }
}
