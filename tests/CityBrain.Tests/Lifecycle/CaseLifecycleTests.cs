using CityBrain.Lifecycle;

namespace CityBrain.Tests.Lifecycle;

public sealed class CaseLifecycleTests
{
    private static readonly DateTimeOffset Soon = SmallTown.Morning.AddMinutes(30);

    [Fact]
    public void Run_HappyPath_TakesEachStepAndFinishes()
    {
        var plans = new Queue<LifecyclePlan>(
        [
            new(2, LifecycleStep.Dispatch),
            new(3, LifecycleStep.Wait, Soon, LifecycleStep.Remind),
            new(6, LifecycleStep.CheckReply),
            new(7, LifecycleStep.Wait, Soon, LifecycleStep.Close),
            new(8, LifecycleStep.Finish),
        ]);
        var life = FakeOrchestration.Start(_ => plans.Dequeue());
        Assert.Equal(Soon.UtcDateTime, life.WakeAt);
        life.Raise(6);
        life.Raise(8);
        Assert.True(life.Run.IsCompletedSuccessfully);
        Assert.Equal([nameof(CaseSteps.TriageCase), nameof(CaseSteps.DispatchCase), nameof(CaseSteps.LookAtCase), nameof(CaseSteps.CheckReply), nameof(CaseSteps.LookAtCase)], life.Steps);
        Assert.Null(life.WakeAt);
        Assert.All(life.Options, Assert.NotNull);
    }

    [Theory]
    [InlineData(LifecycleStep.Remind, nameof(CaseSteps.RemindOfClock))]
    [InlineData(LifecycleStep.Resume, nameof(CaseSteps.ResumeCase))]
    [InlineData(LifecycleStep.Close, nameof(CaseSteps.CloseCase))]
    public void Run_ClockRunsOut_TakesTheStepThatWasPlanned(LifecycleStep then, string activity)
    {
        var plans = new Queue<LifecyclePlan>([new(3, LifecycleStep.Wait, Soon, then), new(4, LifecycleStep.Wait)]);
        var life = FakeOrchestration.Start(_ => plans.Dequeue());
        life.Elapse();
        Assert.Equal(activity, life.Steps[^1]);
        Assert.False(life.Run.IsCompleted);
    }

    [Fact]
    public void Run_NewsNoNewerThanThePlan_ChangesNothing()
    {
        var life = FakeOrchestration.Start(_ => new(5, LifecycleStep.Wait, Soon, LifecycleStep.Remind));
        life.Raise(3);
        life.Raise(5);
        Assert.Single(life.Steps);
        Assert.Equal(Soon.UtcDateTime, life.WakeAt);
        life.Raise(6);
        Assert.Equal(2, life.Steps.Count);
    }

    [Fact]
    public void Run_NoInstantToWakeAt_WaitsForNewsAlone()
    {
        var life = FakeOrchestration.Start(_ => new(5, LifecycleStep.Wait));
        Assert.Null(life.WakeAt);
        life.Raise(6);
        Assert.Equal(nameof(CaseSteps.LookAtCase), life.Steps[^1]);
    }

    [Fact]
    public void Run_WindowToReopenIsOver_LooksOnceMoreBeforeItFinishes()
    {
        // The reporter's last-minute answer may have been written while its news was still on the way.
        var plans = new Queue<LifecyclePlan>([new(8, LifecycleStep.Wait, Soon, LifecycleStep.Finish), new(9, LifecycleStep.Dispatch), new(10, LifecycleStep.Wait)]);
        var life = FakeOrchestration.Start(_ => plans.Dequeue());
        life.Elapse();
        Assert.Equal([nameof(CaseSteps.TriageCase), nameof(CaseSteps.LookAtCase), nameof(CaseSteps.DispatchCase)], life.Steps);
    }

    [Fact]
    public void Run_WindowToReopenIsOverAndNothingCame_Finishes()
    {
        var life = FakeOrchestration.Start(_ => new(8, LifecycleStep.Wait, Soon, LifecycleStep.Finish));
        life.Elapse();
        Assert.True(life.Run.IsCompletedSuccessfully);
        Assert.Equal(2, life.Steps.Count);
    }

    [Fact]
    public void Run_ManySteps_StartsAfreshAndKeepsTheNews()
    {
        var version = 0;
        var life = FakeOrchestration.Start(_ => new(++version, LifecycleStep.Wait));
        for (var i = 2; !life.Run.IsCompleted; i++)
        {
            Assert.InRange(i, 2, 100);
            life.Raise(i);
        }

        Assert.Equal(life.InstanceId, life.ContinuedWith);
        Assert.Equal(25, life.Steps.Count);
    }
}
