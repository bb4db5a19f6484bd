using CityBrain.Language;
using FsCheck.Fluent;

namespace CityBrain.Tests.Language;

public sealed class LinearClassifierTests
{
    private static readonly LinearClassifier Model = ClassifierTraining.Train(TownTexts.Many(240));

    [Fact]
    public void Predict_TextOfALearnedKind_GivesItsLabel() =>
        Laws.Holds(TownTexts.One, text => Assert.Equal(text.Label, Model.Predict(text.Title, text.Text).Label));

    [Fact]
    public void Predict_AnyText_ProbabilitiesSumToOneAndFall()
    {
        Laws.Holds(Gen.Elements("路灯", "x", " ", "1", "水\u3000管", "😀", "，", "Water ").ListOf().Select(string.Concat), text =>
        {
            var probabilities = new float[Model.Labels.Count];
            Model.Score("", text, probabilities);
            Assert.Equal(1, probabilities.Sum(), 1e-4);
            var top = Model.Predict("", text).Top;
            Assert.Equal(3, top.Count);
            Assert.Equal(top.Select(candidate => candidate.P).OrderDescending(), top.Select(candidate => candidate.P));
        });
    }

    [Fact]
    public void Predict_Evidence_IsPartOfTheText()
    {
        Laws.Holds(TownTexts.One, text =>
        {
            var evidence = Model.Predict(text.Title, text.Text).Evidence;
            Assert.NotEmpty(evidence);
            Assert.All(evidence, piece => Assert.True((text.Title + "\n" + text.Text).Contains(piece.Piece, StringComparison.Ordinal), piece.Piece));
            Assert.All(evidence, piece => Assert.True(piece.Weight > 0 && piece.Piece.Length > 1, piece.Piece));
        });
    }

    [Fact]
    public void Predict_Evidence_NamesTheWordThatDecided()
    {
        Assert.Contains("水管漏水", Model.Predict("", "您好，水管漏水，谢谢").Evidence[0].Piece, StringComparison.Ordinal);
        Assert.Contains("lamp", Model.Predict("Street LAMP", "please help").Evidence[0].Piece, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Predict_WordInTitle_CountsMoreThanInText() =>
        Assert.Equal("noise", Model.Predict("施工噪音", "自来水停水").Label);

    [Fact]
    public void Predict_TextOfNothingKnown_StatesNoEvidenceAndLittleCertainty()
    {
        var prediction = Model.Predict("", "ξψω");
        Assert.Empty(prediction.Evidence);
        Assert.InRange(prediction.P, 0, 0.6);
    }

    [Fact]
    public void Predict_CutIntoWords_SaysTheSameAsUncut() =>
        Assert.Equal(Model.Predict("", "小区 门口 水管 漏水").Top, Model.Predict("", "小区门口水管漏水").Top);

    [Fact]
    public void Train_SameTexts_GivesTheSameVersion() =>
        Assert.Equal(Model.Version, ClassifierTraining.Train(TownTexts.Many(240)).Version);

    [Fact]
    public void Train_OtherTexts_GivesAnotherVersion() =>
        Assert.NotEqual(Model.Version, ClassifierTraining.Train(TownTexts.Many(237)).Version);

    [Fact]
    public void Train_OneLabel_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ClassifierTraining.Train([new LabelledText("", "a", "x"), new LabelledText("", "b", "x")]));

    [Fact]
    public void Load_SavedModel_PredictsTheSame()
    {
        using var stream = new MemoryStream();
        ClassifierFile.Save(Model, stream);
        stream.Position = 0;
        var loaded = ClassifierFile.Load(stream);
        Assert.Equal(Model.Version, loaded.Version);
        Laws.Holds(TownTexts.One, text =>
        {
            var (expected, actual) = (Model.Predict(text.Title, text.Text), loaded.Predict(text.Title, text.Text));
            Assert.Equal(expected.Top, actual.Top);
            Assert.Equal(expected.Evidence, actual.Evidence);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(4000)]
    public void Load_CutOffFile_IsRefused(int bytes)
    {
        using var stream = new MemoryStream();
        ClassifierFile.Save(Model, stream);
        stream.SetLength(bytes);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => ClassifierFile.Load(stream));
    }

    [Fact]
    public void Score_ManyThreads_SaysTheSame()
    {
        var texts = TownTexts.Many(200);
        var alone = texts.Select(text => Model.Predict(text.Title, text.Text).P).ToList();
        Assert.Equal(alone, texts.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(text => Model.Predict(text.Title, text.Text).P));
    }

    [Fact]
    public void Score_WarmModel_AllocatesNothing()
    {
        var (text, probabilities) = (TownTexts.Many(1)[0].Text, new float[Model.Labels.Count]);
        var own = ClassifierTraining.Train(TownTexts.Many(60));
        own.Score("", text, probabilities);
        own.Score("", text, probabilities);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            own.Score("", text, probabilities);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }
}
