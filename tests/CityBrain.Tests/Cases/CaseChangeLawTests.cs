using CityBrain.Cases;
using CityBrain.Dispatch;

namespace CityBrain.Tests.Cases;

public sealed class CaseChangeLawTests
{
    [Fact]
    [Trait("behaviour", "Dispatch: a case goes from filed to closed by the steps of the table")]
    public void Decide_AnyLife_FollowsTheTableAndCountsVersions() =>
        Laws.Holds(AnyCommand.Life, life =>
        {
            foreach (var (before, command, context, result) in AnyCommand.Live(SmallTown.Draft(), life))
            {
                if (CaseTransitions.Next(before.State, command.Action) is not { } next)
                {
                    var illegal = Assert.IsType<ChangeResult.Illegal>(result);
                    Assert.Equal(CaseTransitions.CommandsFrom(before.State), illegal.Legal);
                    Assert.Same(before, result.Case);
                    continue;
                }

                if (result is ChangeResult.Changed { After: var after })
                {
                    Assert.Equal(next, after.State);
                    Assert.Equal(before.Version + 1, after.Version);
                    Assert.Equal(context.Now, after.ChangedAt);
                }
                else
                {
                    Assert.NotEmpty(Assert.IsType<ChangeResult.Refused>(result).Problems);
                    Assert.Same(before, result.Case);
                }
            }
        });

    [Fact]
    public void Decide_AnyLife_KeepsIdOriginTextAndFiling() =>
        Laws.Holds(AnyCommand.Life, life =>
        {
            var filed = SmallTown.Draft();
            Assert.All(AnyCommand.Live(filed, life), step =>
                Assert.Equal((filed.Id, filed.Origin, filed.Text, filed.FiledAt), (step.Result.Case!.Id, step.Result.Case.Origin, step.Result.Case.Text, step.Result.Case.FiledAt)));
        });

    [Fact]
    public void Decide_AnyLife_SetsEndedAtExactlyInEndStates() =>
        Laws.Holds(AnyCommand.Life, life =>
        {
            foreach (var (before, _, context, result) in AnyCommand.Live(SmallTown.Draft(), life))
            {
                var after = result.Case!;
                Assert.Equal(CaseTransitions.IsEnd(after.State), after.EndedAt is not null);
                if (CaseTransitions.IsEnd(before.State) && CaseTransitions.IsEnd(after.State))
                {
                    Assert.Equal(before.EndedAt, after.EndedAt);
                }
                else if (after.EndedAt is { } ended)
                {
                    Assert.Equal(context.Now, ended);
                }
            }
        });

    [Fact]
    public void Decide_AnyLife_HoldsAPauseExactlyWhileSuspended() =>
        Laws.Holds(AnyCommand.Life, life => Assert.All(AnyCommand.Live(SmallTown.Draft(), life), step =>
            Assert.True(step.Result.Case!.State is not CaseState.Suspended || step.Result.Case.Suspension is not null)));

    [Fact]
    public void Decide_TheSameTwice_IsTheSame() =>
        Laws.Holds(AnyCommand.Life, life =>
        {
            foreach (var (before, command, context, result) in AnyCommand.Live(SmallTown.Draft(), life))
            {
                Assert.Equal(CityJson.Write(result.Case), CityJson.Write(CaseChange.Decide(before, command, context).Case));
            }
        });

    [Fact]
    public void Decide_StoredAndReadBack_IsTheSame() =>
        Laws.Holds(AnyCommand.Life, life =>
        {
            var last = AnyCommand.Live(SmallTown.Draft(), life).Last().Result.Case!;
            Assert.Equal(CityJson.Write(last), CityJson.Write(CityJson.Read<Case>(CityJson.Write(last))));
        });

    [Fact]
    public void Decide_KeyThatWasUsed_IsRepeatedWithoutAChange() =>
        Laws.Holds(AnyCommand.Life, life =>
        {
            var (current, number) = (SmallTown.Draft(), 0);
            foreach (var (choice, minutes) in life)
            {
                var context = SmallTown.At(SmallTown.Morning.AddMinutes(minutes));
                var command = AnyCommand.Choose(current, choice, context.Now);
                if (CaseChange.Decide(current, command, context, $"key-{++number}") is ChangeResult.Changed changed)
                {
                    current = changed.After;
                    Assert.Same(current, Assert.IsType<ChangeResult.Repeated>(CaseChange.Decide(current, command, context, $"key-{number}")).Current);
                    Assert.InRange(current.RecentCommands.Count, 1, 8);
                }
            }
        });

    [Fact]
    public void Decide_KeyOfACommandThatWasRefused_MayBeUsedAgain()
    {
        var dispatched = SmallTown.Draft() with { State = CaseState.Dispatched, Assignment = new("sanitation", 1, SlaClock.Start(SmallTown.Working, SmallTown.Morning, SmallTown.Shanghai)) };
        Assert.IsType<ChangeResult.Refused>(CaseChange.Decide(dispatched, new Return("", "", ""), SmallTown.At(SmallTown.Morning), "k"));
        Assert.IsType<ChangeResult.Changed>(CaseChange.Decide(dispatched, new Accept(), SmallTown.At(SmallTown.Morning), "k"));
    }
}
