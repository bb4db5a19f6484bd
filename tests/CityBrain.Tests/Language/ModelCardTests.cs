using CityBrain.Language;

namespace CityBrain.Tests.Language;

public sealed class ModelCardTests
{
    private static readonly ScoredAnswer[] Answers = [new("a", "a", 0.9), new("a", "a", 0.9), new("a", "b", 0.6), new("b", "b", 0.6)];

    [Fact]
    public void Of_CountedAnswers_GivesTheTextbookFigures()
    {
        var scores = ClassifierScores.Of(Answers);
        Assert.Equal(0.75, scores.Accuracy);
        Assert.Equal(new LabelScore("a", 3, 1, 2 / 3d, 0.8), scores.Labels[0]);
        Assert.Equal(new LabelScore("b", 1, 0.5, 1, 2 / 3d), scores.Labels[1]);
        Assert.Equal((0.8 + (2 / 3d)) / 2, scores.MacroF1, 1e-9);
        Assert.Equal(new Confusion("a", "b", 1), Assert.Single(scores.Confusions));
        Assert.Equal((0.5 * 0.1) + (0.5 * 0.1), scores.CalibrationError, 1e-9);
    }

    [Fact]
    public void Of_LabelNeverGiven_ScoresZero() => Assert.Equal(0, ClassifierScores.Of([new("a", "b", 1)]).MacroF1);

    [Fact]
    public void Answers_SeparableTexts_AreRightFromOutsideTheFold()
    {
        var texts = TownTexts.Many(150);
        var answers = CrossValidation.Answers(texts, 5);
        Assert.Equal(texts.Select(text => text.Label), answers.Select(answer => answer.Label));
        Assert.InRange(ClassifierScores.Of(answers).MacroF1, 0.99, 1);
    }

    [Fact]
    public void Answers_GroupsOfEqualTexts_AreNotAnsweredFromTheirTwins()
    {
        // Nonsense that only its own copies could teach: with copies in other folds it is known, with groups it is not.
        var texts = Enumerable.Range(0, 60).SelectMany(i => Enumerable.Repeat(new LabelledText("", $"{(char)(0x4E00 + i)}{(char)(0x5E00 + i)}", i % 2 == 0 ? "x" : "y"), 4)).ToList();
        int[] groups = [.. Enumerable.Range(0, texts.Count).Select(i => i / 4)];
        var options = new ClassifierTrainingOptions(MinTexts: 1);
        Assert.InRange(ClassifierScores.Of(CrossValidation.Answers(texts, 5, null, options)).Accuracy, 0.9, 1);
        Assert.InRange(ClassifierScores.Of(CrossValidation.Answers(texts, 5, groups, options)).Accuracy, 0, 0.7);
    }

    [Fact]
    public void Write_Card_NamesVersionDateAndFigures()
    {
        var model = ClassifierTraining.Train(TownTexts.Many(60));
        var card = ModelCard.Write(model, ClassifierScores.Of(Answers), 5, new DateOnly(2026, 3, 1));
        Assert.Contains(model.Version, card, StringComparison.Ordinal);
        Assert.Contains("2026-03-01", card, StringComparison.Ordinal);
        Assert.Contains("accuracy 0.750", card, StringComparison.Ordinal);
        Assert.Contains("a taken for b: 1", card, StringComparison.Ordinal);
    }
}
