using CityBrain.Cases;

namespace CityBrain.Tests.Cases;

public sealed class CaseTransitionsTests
{
    private static readonly CaseState[] States = Enum.GetValues<CaseState>();

    [Fact]
    public void All_FromFiled_ReachesEveryState() =>
        Assert.Equal(States.ToHashSet(), ReachableFrom(CaseState.Filed));

    [Fact]
    public void All_FromEveryState_ReachesAnEnd() =>
        Assert.All(States, state => Assert.Contains(ReachableFrom(state), CaseTransitions.IsEnd));

    [Fact]
    public void All_EndStates_AreLeftByReopeningAndUnmergingAlone() =>
        Assert.Equal(
            [(CaseState.Merged, CaseAction.Unmerge, CaseState.TriageReview), (CaseState.Closed, CaseAction.ReportUnsolved, CaseState.Reopened)],
            CaseTransitions.All.Where(move => CaseTransitions.IsEnd(move.From) && move.To != move.From));

    [Fact]
    public void CommandsFrom_EndStates_AreUnmergeAndTheReviewOfABypass() =>
        Assert.All(States.Where(CaseTransitions.IsEnd), state => Assert.Equal(state is CaseState.Merged ? [CaseAction.Unmerge, CaseAction.ReviewBypass] : [CaseAction.ReviewBypass], CaseTransitions.CommandsFrom(state)));

    [Fact]
    public void CommandsFrom_OpenStates_HoldMergeAndWithdraw() =>
        Assert.All(States.Where(state => !CaseTransitions.IsEnd(state)), state =>
        {
            Assert.Contains(CaseAction.Merge, CaseTransitions.CommandsFrom(state));
            Assert.Contains(CaseAction.Withdraw, CaseTransitions.CommandsFrom(state));
        });

    [Fact]
    public void All_NamesEachMoveOnce() =>
        Assert.Distinct(CaseTransitions.All.Select(move => (move.From, move.Action)));

    [Theory]
    [InlineData(CaseState.Filed)]
    [InlineData(CaseState.Triaged)]
    [InlineData(CaseState.Returned)]
    [InlineData(CaseState.Replied)]
    [InlineData(CaseState.Reopened)]
    public void All_StatesThatTheCityLeavesByItself_HaveAStepOfItsOwn(CaseState state) =>
        Assert.Contains(CaseTransitions.All, move => move.From == state && move.To != state && !CaseTransitions.IsCommand(move.Action));

    private static HashSet<CaseState> ReachableFrom(CaseState start)
    {
        HashSet<CaseState> reached = [start];
        while (CaseTransitions.All.Where(move => reached.Contains(move.From)).Select(move => move.To).Any(reached.Add))
        {
        }

        return reached;
    }
}
