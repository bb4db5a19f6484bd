using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Triage;

namespace CityBrain.Tests.Triage;

/// <summary>A person's correction becomes a label, and the next model knows it.</summary>
public sealed class TrainingTests : IAsyncLifetime
{
    private static readonly Actor Officer = new("officer", ActorKind.Staff);
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await TestStore.OpenAsync(store => [new TrainingLabels(store.Tables, store.Cases, SmallTown.City)]);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    [Trait("behaviour", "Triage: the likeliest three are recorded with probability and model")]
    [Trait("behaviour", "Triage: an override keeps the guess and becomes a training label")]
    public async Task Train_OnCorrections_DecidesWhatNoKeywordDid()
    {
        for (var i = 0; i < 6; i++)
        {
            await CorrectAsync($"w{i}", $"the brook behind house {i} comes over its banks", "water");
            await CorrectAsync($"r{i}", $"old sofas are lying around at gate {i}", "rubbish");
        }

        var filed = SmallTown.Draft("new", "the brook at the mill comes over its banks");
        Assert.IsType<AskReview>(TriageRules.Decide(filed, SmallTown.City, await new CategoryModels(_store.Tables).CurrentAsync(Token)));
        var card = await TrainAsync();
        Assert.Contains("macro-F1", card, StringComparison.Ordinal);

        // Another process reads the stored model.
        var model = await new CategoryModels(_store.Tables).CurrentAsync(Token);
        var triage = TriageRules.Decide(filed, SmallTown.City, model) switch { CompleteTriage sure => sure.Result, AskReview review => review.Guess, _ => null };
        Assert.Equal((model!.Version, "water"), (triage!.ModelVersion, triage.Candidates[0].CategoryCode));
        Assert.Equal(card, await new CategoryModels(_store.Tables).CardAsync(Token));
    }

    [Fact]
    [Trait("behaviour", "Triage: an override keeps the guess and becomes a training label")]
    public async Task Labels_CorrectedTwice_KeepTheLast()
    {
        var id = await CorrectAsync("1", "the brook comes over its banks", "rubbish");
        foreach (var command in new CaseCommand[] { new DispatchTo("sanitation"), new Reclassify("water", "looked at it again") })
        {
            Assert.IsType<ChangeResult.Changed>(await _store.Cases.ChangeAsync(id, command, Officer, _store.Durable.Client, cancellationToken: Token));
        }

        await _store.SweepAsync();
        var labels = await new TrainingLabels(_store.Tables, _store.Cases, SmallTown.City).ReadAsync(Token);
        Assert.Equal("water", labels[0].Label);
        Assert.Single(labels, text => text.Text.Contains("brook", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_Twice_IsTheSameModel() =>
        Assert.Equal(await TrainAsync(), await TrainAsync());

    private async Task<string> TrainAsync() => await new CategoryModels(_store.Tables)
        .TrainAsync(await new TrainingLabels(_store.Tables, _store.Cases, SmallTown.City).ReadAsync(Token), new DateOnly(2026, 1, 1), Token);

    private async Task<string> CorrectAsync(string sourceId, string text, string category)
    {
        var (filed, _) = await _store.Cases.FileAsync(SmallTown.Draft(sourceId, text), Officer, _store.Durable.Client, Token);
        foreach (var command in new CaseCommand[] { (CaseCommand)TriageRules.Decide(filed, SmallTown.City), new ConfirmTriage(category) })
        {
            Assert.IsType<ChangeResult.Changed>(await _store.Cases.ChangeAsync(filed.Id, command, Officer, _store.Durable.Client, cancellationToken: Token));
        }

        await _store.SweepAsync();
        return filed.Id;
    }
}
