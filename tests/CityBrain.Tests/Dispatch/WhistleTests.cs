using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;

namespace CityBrain.Tests.Dispatch;

public sealed class WhistleTests
{
    private static readonly Actor Parks = new("parks-desk", ActorKind.Staff) { Department = "parks" };
    private static readonly Actor Lead = new("sanitation-desk", ActorKind.Staff) { Department = "sanitation" };
    private static readonly Case Blown = Lives.In(CaseState.Handling).After(new Whistle(["parks", "waterworks"], "joint clearing", Quorum: 1));

    [Fact]
    [Trait("behaviour", "Whistle: each party is called with clocks of its own")]
    public void Whistle_Blown_CallsEachPartyWithClocksOfItsOwn()
    {
        var round = Assert.Single(Blown.Whistles!);
        Assert.Equal((1, "sanitation", 1, CaseState.Handling), (round.Number, round.Lead, round.Quorum, Blown.State));
        Assert.Equal(["parks", "waterworks"], round.Parties.Select(party => party.Id));
        Assert.All(round.Parties, party =>
        {
            Assert.Equal(WhistleState.Blown, party.State);
            Assert.Equal((SmallTown.Morning.AddHours(1), SmallTown.Morning.AddHours(24)), (party.SignDue, party.ContactDue));
            Assert.Equal(SmallTown.Shanghai.Add(SmallTown.Morning, WorkDuration.WorkingDays(3)), party.ArriveDue);
        });
    }

    [Fact]
    [Trait("behaviour", "Whistle: each party is called with clocks of its own")]
    public void Whistle_HardMatter_HasFiveWorkingDaysToReportIn() =>
        Assert.Equal(
            SmallTown.Shanghai.Add(SmallTown.Morning, WorkDuration.WorkingDays(5)),
            Lives.In(CaseState.Handling).After(new Whistle(["parks"], "hard", Hard: true)).Whistles![0].Parties[0].ArriveDue);

    [Fact]
    public void Whistle_KindOfOffice_CallsTheOfficeOfTheArea() =>
        Assert.Equal("street-office-s-west", Lives.In(CaseState.Handling).After(new Whistle(["street-office"], "why")).Whistles![0].Parties[0].Id);

    [Theory]
    [InlineData("", "why", null, "parties")]
    [InlineData("nobody", "why", null, "'nobody'")]
    [InlineData("parks,parks", "why", null, "different")]
    [InlineData("sanitation", "why", null, "different")]
    [InlineData("parks", " ", null, "purpose")]
    [InlineData("parks", "why", 2, "quorum")]
    [InlineData("parks", "why", 0, "quorum")]
    public void Whistle_BadArgument_SaysWhich(string parties, string purpose, int? quorum, string expected) =>
        Assert.Contains(expected, Lives.In(CaseState.Handling).RefusalOf(new Whistle(parties.Split(',', StringSplitOptions.RemoveEmptyEntries), purpose, quorum)), StringComparison.Ordinal);

    [Fact]
    public void Whistle_WhileOneIsOpen_IsAConflict() => Assert.Equal("WHISTLE_OPEN", ConflictOf(Blown.Given(new Whistle(["parks"], "again"))).Code);

    [Fact]
    [Trait("behaviour", "Whistle: a party goes from blown to rated by the steps of the table")]
    [Trait("behaviour", "Whistle: arrival and effect are scored apart, by the one who blew")]
    public void Steps_InOrder_GoFromBlownToRated()
    {
        var rated = Blown
            .After(new SignWhistle(), by: Parks).After(new ContactWhistle(), by: Parks).After(new ArriveWhistle(), by: Parks)
            .After(new Contribute("two men and a lorry, call 13812345678"), by: Parks).After(new RateWhistle("parks", 5, 2), by: Lead);
        var party = rated.Whistles![0].Find("parks")!;
        Assert.Equal((WhistleState.Rated, 5, 2, "two men and a lorry, call [phone]"), (party.State, party.ArrivalScore, party.EffectScore, party.Contribution));
        Assert.Equal(WhistleState.Blown, rated.Whistles[0].Find("waterworks")!.State);
    }

    [Fact]
    [Trait("behaviour", "Whistle: who came scores whether the call was needed")]
    public void Contribute_WithAWordOnTheCall_ScoresItBesideTheScoresOfTheLead()
    {
        var arrived = Blown.After(new SignWhistle(), by: Parks).After(new ArriveWhistle(), by: Parks);
        foreach (var wrong in new[] { 0, 6 })
        {
            Assert.Contains("need", arrived.RefusalOf(new Contribute("nothing to do", Need: wrong), by: Parks), StringComparison.Ordinal);
        }

        var command = new Contribute("nothing to do for us", Need: 1);
        var scored = arrived.After(command, by: Parks).After(new RateWhistle("parks", 5, 1), by: Lead).Whistles![0].Find("parks")!;
        Assert.Equal((5, 1, 1), (scored.ArrivalScore, scored.EffectScore, scored.NeedScore));
        Assert.Equal("round 1, parks: need 1: nothing to do for us", command.SummaryOf(arrived, arrived.After(command, by: Parks)));
        Assert.Null(arrived.After(new Contribute("done"), by: Parks).Whistles![0].Find("parks")!.NeedScore);
    }

    [Fact]
    [Trait("behaviour", "Whistle: a party goes from blown to rated by the steps of the table")]
    public void Steps_EveryIllegalOne_IsAConflictThatListsTheLegal()
    {
        CaseCommand[] steps = [new SignWhistle("parks"), new ContactWhistle("parks"), new ArriveWhistle("parks"), new Contribute("done", "parks"), new RateWhistle("parks", 3, 3)];
        foreach (var state in Enum.GetValues<WhistleState>())
        {
            var round = Blown.Whistles![0];
            var current = Blown with { Whistles = [round with { Parties = [round.Parties[0] with { State = state }, round.Parties[1]] }] };
            foreach (var step in steps)
            {
                var result = current.Given(step);
                if (WhistleLaw.Next(state, step.Action) is { } next)
                {
                    Assert.Equal(next, Assert.IsType<ChangeResult.Changed>(result).After.Whistles![0].Find("parks")!.State);
                }
                else
                {
                    Assert.Equal("ILLEGAL_WHISTLE_STEP", ConflictOf(result).Code);
                    Assert.Equal(WhistleLaw.StepsFrom(state), ConflictOf(result).Legal);
                }
            }
        }
    }

    [Fact]
    [Trait("behaviour", "Whistle: the quorum closes it")]
    public void Contribute_QuorumReached_ClosesTheWhistleAndLeavesOnlyTheScores()
    {
        var closed = Blown.After(new SignWhistle(), by: Parks).After(new ArriveWhistle(), by: Parks).After(new Contribute("done"), by: Parks);
        Assert.Equal((SmallTown.Morning, "quorum"), (closed.Whistles![0].ClosedAt, closed.Whistles[0].ClosedBy));
        Assert.Equal("WHISTLE_CLOSED", ConflictOf(closed.Given(new SignWhistle("waterworks"))).Code);
        Assert.Equal("NO_WHISTLE", ConflictOf(closed.Given(new CloseWhistle("enough"))).Code);
        closed.After(new RateWhistle("parks", 4, 4), by: Lead);
        Assert.Equal(2, closed.After(new Whistle(["parks"], "again")).Whistles!.Count);
    }

    [Fact]
    [Trait("behaviour", "Whistle: the lead closes it")]
    public void CloseWhistle_ByTheLead_EndsItBeforeTheQuorum() =>
        Assert.Equal("sanitation-desk", Blown.After(new CloseWhistle("solved by ourselves"), by: Lead).Whistles![0].ClosedBy);

    [Fact]
    [Trait("behaviour", "Whistle: arrival and effect are scored apart, by the one who blew")]
    public void Steps_ByAnother_AreRefused()
    {
        Assert.Contains("parks", Blown.RefusalOf(new SignWhistle("parks"), by: Lead), StringComparison.Ordinal);
        Assert.Contains("must be one of", Blown.RefusalOf(new SignWhistle(), by: Lead), StringComparison.Ordinal);
        var arrived = Blown.After(new SignWhistle(), by: Parks).After(new ArriveWhistle(), by: Parks);
        Assert.Contains("sanitation", arrived.RefusalOf(new RateWhistle("parks", 5, 5), by: Parks), StringComparison.Ordinal);
        Assert.Contains("1 to 5", arrived.RefusalOf(new RateWhistle("parks", 0, 6), by: Lead), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("behaviour", "Whistle: who does not come is marked absent")]
    public void NextAlarm_NobodyMoves_RemindsOfEachClockAndMarksAbsentAtTheEnd()
    {
        var (current, told) = (Blown, new List<string>());
        while (WhistleLaw.NextAlarm(current, 1, "parks", SmallTown.City) is { } alarm)
        {
            var command = new RemindWhistle(1, "parks", alarm.Clock, alarm.Percent);
            current.RefusalOf(command, alarm.At.AddTicks(-1));
            current = current.After(command, alarm.At);
            told.Add(command.Summary);
        }

        Assert.Equal(["Sign 80%", "Sign 100%", "Contact 80%", "Contact 100%", "ReportIn 80%", "absent"], told.Select(line => line["round 1, parks: ".Length..]));
        var absent = current.Whistles![0].Find("parks")!;
        Assert.Equal(absent.ArriveDue, absent.AbsentAt);
        Assert.Equal(absent.AbsentAt, current.After(new SignWhistle(), by: Parks).After(new ArriveWhistle(), by: Parks).Whistles![0].Find("parks")!.AbsentAt);
        Assert.False(WhistleLaw.IsOver(current, 1, "parks"));
        Assert.True(WhistleLaw.IsOver(current.After(new CloseWhistle("late")), 1, "parks"));
    }

    [Fact]
    public void NextAlarm_ClockThatIsMet_IsSilent()
    {
        var arrived = Blown.After(new SignWhistle(), by: Parks).After(new ArriveWhistle(), by: Parks);
        Assert.Null(WhistleLaw.NextAlarm(arrived, 1, "parks", SmallTown.City));
        Assert.Equal(ClockKind.Contact, WhistleLaw.NextAlarm(Blown.After(new SignWhistle(), by: Parks), 1, "parks", SmallTown.City)!.Clock);
    }

    private static CommandConflict ConflictOf(ChangeResult result) => Assert.IsType<ChangeResult.Refused>(result).Conflict!;
}
