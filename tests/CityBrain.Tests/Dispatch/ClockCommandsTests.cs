using CityBrain.Cases;
using CityBrain.Dispatch;

namespace CityBrain.Tests.Dispatch;

public sealed class ClockCommandsTests
{
    private static readonly Case Known = SmallTown.Draft() with { Origin = new CaseOrigin(OriginKind.Appeal, "hotline", "1", "somebody") };

    [Theory]
    [Trait("behaviour", "Clocks: sign, contact, report-in and resolve each have a clock")]
    [InlineData(CaseState.Accepted)]
    [InlineData(CaseState.Handling)]
    public void Contact_ReporterWasContacted_StopsTheContactClock(CaseState state)
    {
        var owed = Lives.In(state, Known);
        Assert.Contains(ClockKind.Contact, SlaClock.Running(owed));
        var contacted = owed.After(new Contact("phone"), SmallTown.Morning.AddMinutes(5));
        Assert.Equal(new ContactNote("phone", "officer", SmallTown.Morning.AddMinutes(5)), contacted.Assignment!.Contact);
        Assert.DoesNotContain(ClockKind.Contact, SlaClock.Running(contacted));
        contacted.RefusalOf(new Contact("phone"));
    }

    [Fact]
    [Trait("behaviour", "Dispatch: clocks start at dispatch, not at the signature")]
    public void Accept_Late_MovesNoClock()
    {
        var sent = Lives.In(CaseState.Dispatched);
        var signed = sent.After(new Accept(), SmallTown.Morning.AddDays(1));
        Assert.Equal(SmallTown.Morning, signed.Assignment!.Clocks.StartedAt);
        Assert.Equal(sent.Assignment!.Clocks, signed.Assignment.Clocks);
        Assert.True(signed.Assignment.AcceptedAt > signed.Assignment.Clocks.SignDue);
    }

    [Fact]
    [Trait("behaviour", "Clocks: calendars have editions, and a case says by which it was reckoned")]
    public void Clocks_OfADispatch_NameTheEditionOfTheCalendar() => Assert.Equal("test-1", Lives.In(CaseState.Dispatched).Assignment!.Clocks.Calendar);

    [Fact]
    public void Running_NobodyToContact_HasNoContactClock() => Assert.DoesNotContain(ClockKind.Contact, SlaClock.Running(Lives.In(CaseState.Handling)));

    [Fact]
    public void Contact_NextRound_IsOwedAgain() =>
        Assert.Contains(ClockKind.Contact, SlaClock.Running(Lives.In(CaseState.Accepted, Known).After(new Contact("visit")).After(new Reassign("parks", "why")).After(new Accept())));

    [Theory]
    [InlineData(null)]
    [InlineData("pigeon")]
    public void Contact_WayThatIsNotListed_IsRefused(string? how) => Assert.Contains("phone", Lives.In(CaseState.Accepted, Known).RefusalOf(new Contact(how!)), StringComparison.Ordinal);

    [Fact]
    [Trait("behaviour", "Clocks: another category keeps elapsed time and pauses")]
    public void Reclassify_AfterAPause_KeepsElapsedTimePauseAndDepartment()
    {
        // An hour's pause on Wednesday morning; "water" has 24 hours round the clock.
        var handling = Lives.In(CaseState.Suspended).After(new Resume(), SmallTown.Morning.AddHours(1));
        var water = handling.After(new Reclassify("water", "it is the drain", KeepDepartment: true), SmallTown.Morning.AddHours(2));
        var clocks = water.Assignment!.Clocks;
        Assert.Equal((SmallTown.Morning, SmallTown.Morning.AddHours(25)), (clocks.StartedAt, clocks.ResolveDue));
        Assert.Equal((CaseState.Handling, "sanitation", "water"), (water.State, water.Assignment.Department, water.Triage!.CategoryCode));
        Assert.Equal(handling.Assignment!.Clocks.ResolveDue, water.After(new Reclassify("rubbish", "no, rubbish"), SmallTown.Morning.AddHours(3)).Assignment!.Clocks.ResolveDue);
    }

    [Fact]
    public void Reclassify_LongerLimit_TellsARungAgainThatIsAheadAgain()
    {
        var urgent = Lives.In(CaseState.Handling).After(new Reclassify("water", "drain")).After(new Remind(ClockKind.Resolve, 50), SmallTown.Morning.AddHours(12));
        var routine = urgent.After(new Reclassify("rubbish", "rubbish"), SmallTown.Morning.AddHours(12));
        Assert.Equal(0, routine.Assignment!.Clocks.Rungs[ClockKind.Resolve]);
        var shortAgain = urgent.After(new Reclassify("rubbish", "rubbish"), SmallTown.Morning.AddDays(2));
        Assert.Equal(50, shortAgain.Assignment!.Clocks.Rungs[ClockKind.Resolve]);
    }

    [Theory]
    [InlineData("none", "why", "catalogue")]
    [InlineData("rubbish", "why", "of that category")]
    [InlineData("water", " ", "reason")]
    public void Reclassify_BadArgument_SaysWhich(string category, string reason, string expected) =>
        Assert.Contains(expected, Lives.In(CaseState.Handling).RefusalOf(new Reclassify(category, reason)), StringComparison.Ordinal);

    [Fact]
    public void Reclassify_ToWhatIsNotOnTheListOfTheHolder_IsRefused()
    {
        var noise = Lives.Rubbish with { CategoryCode = "noise", LeadDepartment = "street-office-s-west" };
        var held = SmallTown.Draft().After(new CityBrain.Triage.CompleteTriage(noise)).After(new DispatchTo("street-office-s-west"));
        Assert.Contains("list", held.RefusalOf(new Reclassify("licence", "why")), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("behaviour", "Dispatch: the first receiver leads until another signs")]
    public void Return_FirstReceiver_LeadsUntilAnotherSigns()
    {
        var returned = Lives.In(CaseState.Returned);
        Assert.Equal("sanitation", returned.Dispatch!.ActingLead);
        var again = returned.After(new DispatchTo("parks")).After(new Return("not-our-area", "map 3", "waterworks"));
        Assert.Equal("sanitation", again.Dispatch!.ActingLead);
        Assert.Equal(["sanitation", "parks"], again.Dispatch.Refusals.Select(note => note.By));
        var taken = again.After(new EscalateReturn()).After(new Arbitrate("waterworks", "rule")).After(new Accept());
        Assert.Null(taken.Dispatch!.ActingLead);
    }

    [Fact]
    public void Return_History_NamesWhoRefused()
    {
        var before = Lives.In(CaseState.Dispatched);
        var command = new Return("not-our-duty", "rule 4", "parks");
        Assert.Equal("sanitation refuses: not-our-duty; proposes parks; sanitation leads until another signs", command.SummaryOf(before, before.After(command)));
    }
}
