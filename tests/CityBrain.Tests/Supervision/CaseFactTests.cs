using CityBrain.Cases;
using CityBrain.Supervision;
using CityBrain.Tests.Notifications;
using FsCheck.Fluent;

namespace CityBrain.Tests.Supervision;

public sealed class CaseFactTests
{
    [Theory]
    [InlineData(CaseAction.ConfirmSolved, FactKind.Solved)]
    [InlineData(CaseAction.ReportUnsolved, FactKind.Unsolved)]
    [InlineData(CaseAction.CloseUnanswered, FactKind.Unanswered)]
    [InlineData(CaseAction.Suspend, FactKind.Suspended)]
    public void Of_CountableStep_IsAFact(CaseAction action, FactKind kind)
    {
        var entry = Entries.Of(action, CaseState.Closed) with { Outcome = new(true, false, Entries.Noon) };
        var step = Assert.Single(CaseFact.Of(entry)!.Steps);
        Assert.Equal((kind, 3, true, false, Entries.Noon), (step.Kind, step.Version, step.Contacted, step.Satisfied, step.RepliedAt));
    }

    [Theory]
    [InlineData(ClockKind.Resolve, 100, true)]
    [InlineData(ClockKind.Resolve, 80, false)]
    [InlineData(ClockKind.Sign, 150, false)]
    public void Of_Reminder_IsOverdueOnceTheReplyIsLate(ClockKind clock, int percent, bool overdue)
    {
        var fact = CaseFact.Of(Entries.Of(CaseAction.Remind, CaseState.Handling, rung: new ClockRung(clock, percent, Entries.Noon)));
        Assert.Equal(overdue ? FactKind.Overdue : null, fact?.Steps[0].Kind);
    }

    [Theory]
    [InlineData(CaseAction.Dispatch)]
    [InlineData(CaseAction.Reply)]
    [InlineData(CaseAction.Merge)]
    public void Of_OtherStep_IsNone(CaseAction action) => Assert.Null(CaseFact.Of(Entries.Of(action, CaseState.Dispatched)));

    [Fact]
    public void With_AnyOrderAndRepetition_IsTheSameFact()
    {
        var versions = Gen.ListOf(Gen.Choose(1, 6)).Where(list => list.Count > 0);
        Laws.Holds(from list in versions from seed in Gen.Choose(0, 9999) select (list, seed), example =>
        {
            var facts = example.list.Select(Fact).ToArray();
            var shuffled = facts.Concat(facts.Take(2)).ToArray();
            new Random(example.seed).Shuffle(shuffled);
            var (one, other) = (facts.Aggregate((a, b) => a.With(b)), shuffled.Aggregate((a, b) => a.With(b)));
            Assert.Equal(one.Steps, other.Steps);
            Assert.Equal(one with { Steps = [] }, other with { Steps = [] });
            Assert.Equal($"department-{example.list.Max()}", one.Department);
        });
    }

    [Fact]
    public void Outcome_UnsolvedThenSolvedInAMonth_IsTheLastWord()
    {
        var fact = Fact(3).With(Fact(2) with { Steps = [Fact(2).Steps[0] with { Kind = FactKind.Unsolved }] });
        Assert.Equal(FactKind.Solved, fact.Outcome!.Kind);
    }

    private static CaseFact Fact(int version) => CaseFact.Of(Entries.Of(CaseAction.ConfirmSolved, CaseState.Closed, version)) is { } fact
        ? fact with { Department = $"department-{version}" }
        : throw new InvalidOperationException();
}
