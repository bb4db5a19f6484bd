using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Items;
using CityBrain.Language;
using CityBrain.Triage;

namespace CityBrain.Tests.Items;

/// <summary>One appeal, items of several departments, one answer. 一件事</summary>
public sealed class OneThingTests
{
    private static readonly SplitItem[] Three =
    [
        new("bins", "rubbish", "Take the bins away."),
        new("drain", "water", "Open the drain."),
        new("sign", "noise", "Put up a sign.", ["bins", "drain"]),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("behaviour", "Beyond the public systems: a matter of several departments is split into items and gets one answer")]
    public async Task Split_ParallelAndOrderedItems_BeginWhenTheirTurnComes()
    {
        await using var town = await OpenAsync();
        var parent = await SplitAsync(town);
        Assert.Equal([ItemStanding.Open, ItemStanding.Open, ItemStanding.Waiting], await StandingsAsync(town, parent));
        Assert.Null(await ItemAsync(town, parent, "sign"));

        await FinishAsync(town, parent, "drain");
        Assert.Null(await ItemAsync(town, parent, "sign"));
        await FinishAsync(town, parent, "bins");
        Assert.Equal([ItemStanding.Done, ItemStanding.Done, ItemStanding.Open], await StandingsAsync(town, parent));
        var sign = await ItemAsync(town, parent, "sign");
        Assert.Equal((OriginKind.Item, parent, "Put up a sign."), (sign!.Origin.Kind, sign.ItemOf!.CaseId, sign.Title));
    }

    [Fact]
    [Trait("behaviour", "Beyond the public systems: a matter of several departments is split into items and gets one answer")]
    public async Task Reply_ToTheWhole_WaitsForEveryItem()
    {
        await using var town = await OpenAsync();
        var parent = await SplitAsync(town);
        var refused = Assert.IsType<ChangeResult.Refused>(await town.Cases.ChangeAsync(parent, new Reply("All of it was done this morning."), SmallTown.Duty, town.Durable.Client, cancellationToken: Stop));
        Assert.Equal("ITEMS_OPEN", refused.Conflict!.Code);
        Assert.Contains("bins, drain, sign", refused.Conflict.Detail, StringComparison.Ordinal);

        foreach (var key in new[] { "bins", "drain", "sign" })
        {
            await FinishAsync(town, parent, key);
        }

        Assert.All((await town.Cases.FindAsync(parent, Stop))!.Items!, item => Assert.Equal("The rubbish in the street was taken away this morning.", item.Answer));
        await GiveAsync(town, parent, new Reply("All of it was done this morning."));
    }

    [Fact]
    public async Task Items_DeliveredAgainAndAgain_AreFiledAndSettledOnce()
    {
        await using var town = await OpenAsync();
        var parent = await SplitAsync(town);
        var told = await town.WaitingAsync();
        await FinishAsync(town, parent, "bins");
        var (versions, linker) = ((await town.Cases.FindAsync(parent, Stop))!.Version, new ItemLinker(town.Cases));
        foreach (var entry in told.Concat(await town.WaitingAsync()).Concat(EndsOf(await town.AllCasesAsync())).ToList())
        {
            await linker.HandleAsync(entry, town.Durable.Client, Stop);
        }

        Assert.Equal(versions, (await town.Cases.FindAsync(parent, Stop))!.Version);
        Assert.Equal(3, (await town.AllCasesAsync()).Count);
    }

    [Fact]
    public async Task RedoItem_AnsweredButNotDone_GoesBackToItsDepartmentAndSettlesAgain()
    {
        await using var town = await OpenAsync();
        var parent = await SplitAsync(town);
        await FinishAsync(town, parent, "bins");
        await GiveAsync(town, parent, new RedoItem("bins", "one is left"));
        await town.SweepAsync();
        var again = await ItemAsync(town, parent, "bins");
        Assert.Equal((CaseState.Reopened, 1), (again!.State, again.Reopens));
        Assert.Equal(ItemStanding.Open, (await StandingsAsync(town, parent))[0]);

        await FinishAsync(town, parent, "bins");
        Assert.Equal(ItemStanding.Done, (await StandingsAsync(town, parent))[0]);
    }

    [Fact]
    public async Task Item_WithdrawnByADutyOfficer_IsDroppedAndLetsTheOthersGoOn()
    {
        await using var town = await OpenAsync();
        var parent = await SplitAsync(town);
        await GiveAsync(town, CaseItem.CaseIdOf(parent, "bins"), new Withdraw("no bins there"));
        await FinishAsync(town, parent, "drain");

        Assert.Equal([ItemStanding.Dropped, ItemStanding.Done, ItemStanding.Open], await StandingsAsync(town, parent));
    }

    [Fact]
    public async Task Parent_Withdrawn_LeavesTheItemsToTheirDepartments()
    {
        await using var town = await OpenAsync();
        var parent = await SplitAsync(town);
        await GiveAsync(town, parent, new Withdraw("solved itself"));
        await FinishAsync(town, parent, "bins");
        await FinishAsync(town, parent, "drain");

        Assert.Null(await ItemAsync(town, parent, "sign"));
        Assert.Equal(CaseState.Withdrawn, (await town.Cases.FindAsync(parent, Stop))!.State);
    }

    [Fact]
    public void Split_ItemOfAnother_IsRefused()
    {
        var item = Lives.In(CaseState.Handling) with { ItemOf = new ParentItem("p", "k", "rubbish", null) };
        Assert.Equal("IS_ITEM", Assert.IsType<ChangeResult.Refused>(item.Given(new Split(Three))).Conflict!.Code);
        Assert.Equal("ALREADY_SPLIT", Assert.IsType<ChangeResult.Refused>(Lives.In(CaseState.Handling).After(new Split(Three)).Given(new Split(Three))).Conflict!.Code);
        Assert.Contains("lists no items", Lives.In(CaseState.Handling).RefusalOf(new Split()), StringComparison.Ordinal);
        Assert.Contains("'nothing' is no item of the catalogue", Lives.In(CaseState.Handling).RefusalOf(new Split([Three[0], Three[1] with { Category = "nothing" }])), StringComparison.Ordinal);
        Assert.Contains("say in task", Lives.In(CaseState.Handling).RefusalOf(new Split([Three[0], Three[1] with { Task = " " }])), StringComparison.Ordinal);
    }

    [Fact]
    public void Gate_DoubtfulAnswerToAnItem_GoesToTheLeadOfTheWholeInsteadOfAReviewer()
    {
        var doubtful = Lives.In(CaseState.Handling).After(new Reply("The drain was opened by our crew this morning."));
        var options = new FeedbackOptions();
        Assert.IsType<AskReplyReview>(ReplyGate.Decide(doubtful, NgramStatistics.None, SmallTown.City, options));
        var ofItem = doubtful with { ItemOf = new ParentItem("p", "k", "rubbish", null) };
        Assert.IsType<PassReply>(ReplyGate.Decide(ofItem, NgramStatistics.None, SmallTown.City, options));
        Assert.IsType<RejectReply>(ReplyGate.Decide(ofItem with { Reply = ofItem.Reply! with { Text = "ok" } }, NgramStatistics.None, SmallTown.City, options));
    }

    [Fact]
    public void Triage_OfAnItem_TakesCategoryAndPlaceFromItsParent()
    {
        var filed = SmallTown.Draft(text: "noise everywhere") with { Point = null, Origin = new CaseOrigin(OriginKind.Item, "item", "p/k"), ItemOf = new ParentItem("p", "k", "rubbish", "g-west-1") };
        var found = Assert.IsType<CompleteTriage>(TriageRules.Decide(filed, SmallTown.City)).Result;
        Assert.Equal(("rubbish", "g-west-1", "item"), (found.CategoryCode, found.AreaId, found.DecidedBy));
    }

    private static Task<TestStore> OpenAsync() => TestStore.OpenAsync(town => [new ItemLinker(town.Cases)]);

    private static async Task<string> SplitAsync(TestStore town)
    {
        var parent = (await town.Cases.FileAsync(SmallTown.Draft(), Actor.Reporter, town.Durable.Client, Stop)).Case.Id;
        foreach (var command in Lives.To(CaseState.Handling).Append(new Split(Three)))
        {
            await GiveAsync(town, parent, command);
        }

        await town.SweepAsync();
        return parent;
    }

    /// <summary>The department of an item answers it, as the lifecycle would have it.</summary>
    private static async Task FinishAsync(TestStore town, string parent, string key)
    {
        var id = CaseItem.CaseIdOf(parent, key);
        var isNew = (await town.Cases.FindAsync(id, Stop))!.State is CaseState.Filed;
        foreach (var command in Lives.To(CaseState.Verified).Skip(isNew ? 0 : 1).Append(new CompleteItem()))
        {
            await GiveAsync(town, id, command);
        }

        while (await town.SweepAsync() > 0)
        {
            // What an item's end brings about is told by the next sweep.
        }
    }

    private static IEnumerable<OutboxEntry> EndsOf(IEnumerable<Case> all) => all.Select(CaseSummary.Of).Where(summary => CaseTransitions.IsEnd(summary.State)).Select(summary =>
        new OutboxEntry(summary, summary, new HistoryEntry(summary.Version, SmallTown.Morning, "lifecycle", ActorKind.Lifecycle, CaseAction.ConfirmSolved, CaseState.Verified, summary.State, null)));

    private static async Task<ItemStanding[]> StandingsAsync(TestStore town, string parent) => [.. (await town.Cases.FindAsync(parent, Stop))!.Items!.Select(item => item.Standing)];

    private static Task<Case?> ItemAsync(TestStore town, string parent, string key) => town.Cases.FindAsync(CaseItem.CaseIdOf(parent, key), Stop);

    private static async Task GiveAsync(TestStore town, string caseId, CaseCommand command) =>
        Assert.IsType<ChangeResult.Changed>(await town.Cases.ChangeAsync(caseId, command, SmallTown.Duty, town.Durable.Client, cancellationToken: Stop));
}
