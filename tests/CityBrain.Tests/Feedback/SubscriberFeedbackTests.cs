using CityBrain.Cases;
using CityBrain.Feedback;
using CityBrain.Triage;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Feedback;

/// <summary>Everybody who asked for the same is called back, each with a link of their own.</summary>
public sealed class SubscriberFeedbackTests
{
    private static readonly FeedbackOptions Settings = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("behaviour", "Merging: each subscriber is called back")]
    public async Task Verified_MasterWithSubscribers_AsksEachOfThemOnce()
    {
        await using var town = await OpenAsync();
        var (master, others) = await MergedAsync(town, 3);
        await VerifyAsync(town, master);
        await town.SweepAsync();
        await town.SweepAsync();

        foreach (var other in others)
        {
            var asked = await town.Cases.FindAsync(other, Stop);
            Assert.Equal((CaseState.Merged, 1, new MasterRound(master, 1)), (asked!.State, asked.Feedback!.Tries.Count, asked.Feedback.With));
            Assert.Equal(FeedbackStanding.Open, FeedbackWindow.Of(asked, asked.Feedback.Number, town.Clock.GetUtcNow(), Settings));
        }
    }

    [Fact]
    public async Task AskAgain_SubscriberWhoHasAnswered_IsLeftInPeace()
    {
        await using var town = await OpenAsync();
        var (master, others) = await MergedAsync(town, 2);
        await VerifyAsync(town, master);
        await town.SweepAsync();
        await GiveAsync(town, others[0], new AnswerAsSubscriber(new AnswerFeedback(true, true, true, null)));
        await GiveAsync(town, master, new AskAgain());
        await town.SweepAsync();

        Assert.Single((await town.Cases.FindAsync(others[0], Stop))!.Feedback!.Tries);
        Assert.Equal(2, (await town.Cases.FindAsync(others[1], Stop))!.Feedback!.Tries.Count);
    }

    [Fact]
    public async Task SamePerson_WhoUrged_IsAskedWithTheMasterAlone()
    {
        await using var town = await OpenAsync();
        var (master, others) = await MergedAsync(town, 1, MergeKind.SamePerson);
        await VerifyAsync(town, master);
        await town.SweepAsync();

        Assert.Null((await town.Cases.FindAsync(others[0], Stop))!.Feedback);
    }

    [Theory]
    [Trait("behaviour", "Merging: what was merged lives on when its master closes")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Subscriber_SaysUnsolved_ReopensTheMasterOnce(bool closedMeanwhile)
    {
        await using var town = await OpenAsync();
        var (master, others) = await MergedAsync(town, 2);
        await VerifyAsync(town, master);
        await town.SweepAsync();
        if (closedMeanwhile)
        {
            await GiveAsync(town, master, new AnswerFeedback(true, true, true, null));
        }

        foreach (var other in others)
        {
            await GiveAsync(town, other, new AnswerAsSubscriber(new AnswerFeedback(false, false, false, "still there")));
        }

        await town.SweepAsync();
        var reopened = await town.Cases.FindAsync(master, Stop);
        Assert.Equal((CaseState.Reopened, 1), (reopened!.State, reopened.Reopens));
        Assert.All(others, other => Assert.Equal(CaseState.Merged, town.Cases.FindAsync(other, Stop).GetAwaiter().GetResult()!.State));
    }

    [Fact]
    public async Task Subscriber_SaysUnsolvedAfterTheWindow_LeavesTheMasterClosed()
    {
        await using var town = await OpenAsync();
        var (master, others) = await MergedAsync(town, 1);
        await VerifyAsync(town, master);
        await town.SweepAsync();
        await GiveAsync(town, master, new AnswerFeedback(true, true, true, null));
        town.Clock.Now += TimeSpan.FromDays(Settings.ReopenDays + 1);
        await GiveAsync(town, others[0], new AnswerAsSubscriber(new AnswerFeedback(false, false, false, null)));
        await town.SweepAsync();

        Assert.Equal(CaseState.Closed, (await town.Cases.FindAsync(master, Stop))!.State);
    }

    private static Task<TestStore> OpenAsync() => TestStore.OpenAsync(town =>
    [
        new MergeLinker(town.Cases, new CaseSubscribers(town.Tables)),
        new SubscriberFeedback(town.Cases, new CaseSubscribers(town.Tables), Options.Create(Settings)),
    ]);

    private static async Task<(string Master, List<string> Others)> MergedAsync(TestStore town, int count, MergeKind kind = MergeKind.SameMatter)
    {
        var master = await FileAsync(town, "master");
        await GiveAsync(town, master, new CompleteTriage(Lives.Rubbish));
        var others = new List<string>();
        for (var i = 0; i < count; i++)
        {
            others.Add(await FileAsync(town, "other-" + i));
            await GiveAsync(town, others[^1], new JoinMaster(master, kind, Lives.Rubbish, "10 m apart"));
        }

        await town.SweepAsync();
        return (master, others);
    }

    private static async Task<string> FileAsync(TestStore town, string sourceId)
    {
        var draft = SmallTown.Draft() with { Id = CaseKeys.CaseId("web", sourceId), Origin = new CaseOrigin(OriginKind.Appeal, "web", sourceId, sourceId) };
        return (await town.Cases.FileAsync(draft, Actor.Reporter, town.Durable.Client, Stop)).Case.Id;
    }

    private static async Task VerifyAsync(TestStore town, string master)
    {
        foreach (var command in Lives.To(CaseState.Verified).Skip(1))
        {
            await GiveAsync(town, master, command);
        }
    }

    private static async Task GiveAsync(TestStore town, string caseId, CaseCommand command) =>
        Assert.IsType<ChangeResult.Changed>(await town.Cases.ChangeAsync(caseId, command, Actor.Reporter, town.Durable.Client, cancellationToken: Stop));
}
