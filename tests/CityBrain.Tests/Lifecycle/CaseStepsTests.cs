using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Intake;
using CityBrain.Lifecycle;
using CityBrain.Triage;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Lifecycle;

public sealed class CaseStepsTests : IAsyncLifetime
{
    private static readonly Actor Officer = new("officer", ActorKind.Staff);
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestStore _store = null!;
    private CaseSteps _steps = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        _steps = new CaseSteps(_store.Cases, new TriageDesk(new OpenMatters(_store.Tables, _store.Cases), new CategoryModels(_store.Tables), SmallTown.City), _store.Placing, _store.Words, SmallTown.City, Options.Create(new FeedbackOptions()), _store.Clock);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    [Trait("behaviour", "Dispatch: a case goes from filed to closed by the steps of the table")]
    public async Task Steps_WholeLife_CarryTheCaseFromFiledToClosed()
    {
        var id = await CaseInAsync(CaseState.Filed);
        Assert.Equal(LifecycleStep.Dispatch, (await _steps.TriageCase(id, _store.Durable.Client, Token)).Now);
        Assert.Equal(LifecycleStep.Wait, (await _steps.DispatchCase(id, _store.Durable.Client, Token)).Now);
        await ChangeAsync(id, new Accept());
        await ChangeAsync(id, new Arrive());
        await ChangeAsync(id, new Reply("The rubbish in the street was taken away this morning."));
        Assert.Equal(LifecycleStep.CheckReply, (await _steps.LookAtCase(id, _store.Durable.Client, Token)).Now);
        Assert.Equal(LifecycleStep.AskAgain, (await _steps.CheckReply(id, _store.Durable.Client, Token)).Then);
        _store.Clock.Now += TimeSpan.FromDays(4);
        Assert.Equal(LifecycleStep.AskAgain, (await _steps.AskReporterAgain(id, _store.Durable.Client, Token)).Then);
        Assert.Equal(LifecycleStep.AskAgain, (await _steps.AskReporterAgain(id, _store.Durable.Client, Token)).Then);
        _store.Clock.Now += TimeSpan.FromDays(4);
        Assert.Equal(LifecycleStep.Close, (await _steps.AskReporterAgain(id, _store.Durable.Client, Token)).Then);
        _store.Clock.Now += TimeSpan.FromDays(6);
        await _steps.CloseCase(id, _store.Durable.Client, Token);
        Assert.Equal(CaseState.Closed, (await _store.Cases.FindAsync(id, Token))!.State);
    }

    [Fact]
    public async Task Steps_EachInEveryState_DoesNothingThatDoesNotFit()
    {
        foreach (var state in Enum.GetValues<CaseState>())
        {
            var id = await CaseInAsync(state, $"{state}");
            foreach (var step in Enum.GetValues<LifecycleStep>())
            {
                await TakeAsync(step, id);
            }

            Assert.All(await _store.Cases.HistoryAsync(id, Token), entry => Assert.Contains((entry.From, entry.Action, entry.To), CaseTransitions.All.Append((CaseState.Filed, CaseAction.File, CaseState.Filed))));
        }
    }

    [Fact]
    public async Task Steps_TakenAgainAfterACrash_ChangeNothingMore()
    {
        var id = await CaseInAsync(CaseState.Filed);
        foreach (var step in new[] { LifecycleStep.Triage, LifecycleStep.Triage, LifecycleStep.Dispatch, LifecycleStep.Dispatch, LifecycleStep.Triage })
        {
            await TakeAsync(step, id);
        }

        Assert.Equal(3, (await _store.Cases.FindAsync(id, Token))!.Version);
    }

    [Fact]
    [Trait("behaviour", "Escalation: each rung is told once")]
    public async Task RemindOfClock_LongAfterEveryRung_TellsEachOnceInOrder()
    {
        var id = await CaseInAsync(CaseState.Handling);
        _store.Clock.Now += TimeSpan.FromDays(60);
        for (var i = 0; i < 8; i++)
        {
            await _steps.RemindOfClock(id, _store.Durable.Client, Token);
        }

        var told = (await _store.Cases.HistoryAsync(id, Token)).Where(entry => entry.Action is CaseAction.Remind).Select(entry => entry.Summary);
        Assert.Equal(["Resolve 50%: Owner", "Resolve 80%: Community", "Resolve 100%: Street", "Resolve 150%: District", "Resolve 300%: City"], told);
    }

    [Fact]
    public async Task RemindOfClock_CaseWasReassignedMeanwhile_TellsNothingOfTheNewRound()
    {
        var id = await CaseInAsync(CaseState.Dispatched);
        _store.Clock.Now += TimeSpan.FromMinutes(30);
        _store.Clock.OnceAsked = () => ChangeAsync(id, new Reassign("parks", "theirs")).GetAwaiter().GetResult();
        var plan = await _steps.RemindOfClock(id, _store.Durable.Client, Token);
        var current = (await _store.Cases.FindAsync(id, Token))!;
        Assert.Equal(2, current.Assignment!.Round);
        Assert.Empty(current.Assignment.Clocks.Rungs);
        Assert.Equal(current.Version, plan.Version);
    }

    [Fact]
    public async Task ResumeCase_AtTheCapAndNotBefore_EndsThePause()
    {
        var id = await CaseInAsync(CaseState.Suspended);
        _store.Clock.Now += TimeSpan.FromDays(3) - TimeSpan.FromTicks(1);
        Assert.Equal(LifecycleStep.Resume, (await _steps.ResumeCase(id, _store.Durable.Client, Token)).Then);
        _store.Clock.Now += TimeSpan.FromTicks(1);
        await _steps.ResumeCase(id, _store.Durable.Client, Token);
        Assert.Equal(CaseState.Handling, (await _store.Cases.FindAsync(id, Token))!.State);
    }

    [Fact]
    public async Task CheckReply_ReplyThatSaysNothing_GoesBack()
    {
        var id = await CaseInAsync(CaseState.Handling);
        await ChangeAsync(id, new Reply("Done."));
        await _steps.CheckReply(id, _store.Durable.Client, Token);
        Assert.Equal(CaseState.Handling, (await _store.Cases.FindAsync(id, Token))!.State);
    }

    [Fact]
    public async Task CheckReply_Doubtful_AsksOnceAndRemindsOnceAndGoesOnWhenReviewed()
    {
        var id = await CaseInAsync(CaseState.Handling);
        await ChangeAsync(id, new Reply("The rubbish in the street was taken away."));
        var plan = await _steps.CheckReply(id, _store.Durable.Client, Token);
        Assert.Equal(plan, await _steps.CheckReply(id, _store.Durable.Client, Token));
        Assert.Equal((LifecycleStep.Wait, LifecycleStep.LapseReplyReview), (plan.Now, plan.Then));
        Assert.Equal(plan, await _steps.MissReplyReview(id, _store.Durable.Client, Token));
        _store.Clock.Now = plan.WakeAt!.Value;
        var lapsed = await _steps.MissReplyReview(id, _store.Durable.Client, Token);
        Assert.Equal((plan.Version + 1, LifecycleStep.Wait, null), (lapsed.Version, lapsed.Now, lapsed.WakeAt));
        Assert.Equal(lapsed, await _steps.MissReplyReview(id, _store.Durable.Client, Token));
        Assert.IsType<ChangeResult.Changed>(await _store.Cases.ChangeAsync(id, new ReviewReply(true, null), SmallTown.Duty, _store.Durable.Client, cancellationToken: Token));
        await _steps.CheckReply(id, _store.Durable.Client, Token);
        await _steps.CheckReply(id, _store.Durable.Client, Token);
        Assert.Equal(
            [CaseAction.AskReplyReview, CaseAction.LapseReplyReview, CaseAction.ReviewReply, CaseAction.PassReply],
            (await _store.Cases.HistoryAsync(id, Token)).TakeLast(4).Select(step => step.Action));
    }

    [Fact]
    public async Task CloseCase_DeviceIsBackToNormal_ClosesAsSolved()
    {
        var id = await CaseInAsync(CaseState.Verified);
        await ChangeAsync(id, new NoteCleared(SmallTown.Morning));
        await _steps.CloseCase(id, _store.Durable.Client, Token);
        var closed = (await _store.Cases.FindAsync(id, Token))!;
        Assert.Equal((CaseState.Closed, true), (closed.State, closed.Answer!.Solved));
    }

    [Fact]
    public async Task LookAtCase_NoSuchCase_Fails() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => _steps.LookAtCase(CaseKeys.CaseId("x", "y"), _store.Durable.Client, Token));

    private Task<LifecyclePlan> TakeAsync(LifecycleStep step, string id) => step switch
    {
        LifecycleStep.Triage => _steps.TriageCase(id, _store.Durable.Client, Token),
        LifecycleStep.Dispatch => _steps.DispatchCase(id, _store.Durable.Client, Token),
        LifecycleStep.Remind => _steps.RemindOfClock(id, _store.Durable.Client, Token),
        LifecycleStep.ExpireRelease => _steps.EndRelease(id, _store.Durable.Client, Token),
        LifecycleStep.LapseBypass => _steps.MissReview(id, _store.Durable.Client, Token),
        LifecycleStep.Climb => _steps.ClimbLadder(id, _store.Durable.Client, Token),
        LifecycleStep.Resume => _steps.ResumeCase(id, _store.Durable.Client, Token),
        LifecycleStep.CheckReply => _steps.CheckReply(id, _store.Durable.Client, Token),
        LifecycleStep.LapseReplyReview => _steps.MissReplyReview(id, _store.Durable.Client, Token),
        LifecycleStep.Close => _steps.CloseCase(id, _store.Durable.Client, Token),
        _ => _steps.LookAtCase(id, _store.Durable.Client, Token),
    };

    private async Task ChangeAsync(string id, CaseCommand command) =>
        Assert.IsType<ChangeResult.Changed>(await Task.Run(() => _store.Cases.ChangeAsync(id, command, Officer, _store.Durable.Client, cancellationToken: Token), Token));

    private async Task<string> CaseInAsync(CaseState state, string sourceId = "1")
    {
        var (filed, _) = await _store.Cases.FileAsync(SmallTown.Draft(sourceId), Officer, _store.Durable.Client, Token);
        foreach (var command in Lives.To(state))
        {
            await ChangeAsync(filed.Id, command);
        }

        return filed.Id;
    }
}
