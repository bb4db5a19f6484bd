using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;

namespace CityBrain.Tests.Dispatch;

public sealed class PauseCommandsTests
{
    private static readonly DispatchPolicy Policy = SmallTown.City.Dispatch;
    private static readonly DateTimeOffset Tomorrow = SmallTown.Morning.AddDays(1);

    [Theory]
    [Trait("behaviour", "Clocks: a pause needs a listed reason and evidence")]
    [InlineData("lunch", "e", 24, "reason")]
    [InlineData(null, "e", 24, "reason")]
    [InlineData("weather", "", 24, "evidence")]
    [InlineData("weather", "e", 0, "until")]
    [InlineData("weather", "e", (90 * 24) + 1, "until")]
    [InlineData("weather", "e", (5 * 24) + 1, "duty officer")]
    public void Suspend_BadArgument_SaysWhich(string? reason, string evidence, int hours, string expected) =>
        Assert.Contains(expected, Lives.In(CaseState.Handling).RefusalOf(new Suspend(reason!, evidence, SmallTown.Morning.AddHours(hours))), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Suspend_EveryListedReasonUpToTheCapByADutyOfficer_IsAccepted() =>
        Assert.All(Policy.PauseReasons, reason => Lives.In(CaseState.Handling).After(new Suspend(reason, "e", SmallTown.Morning + Policy.PauseCap), by: SmallTown.Duty));

    [Fact]
    [Trait("behaviour", "Clocks: pauses are capped all together")]
    public void Suspend_OverSeveralPauses_IsCappedAllTogether()
    {
        var (current, now) = (Lives.In(CaseState.Handling), SmallTown.Morning);
        for (var pause = 0; pause < 18; pause++)
        {
            current = current.After(new Suspend("weather", "e", now.AddDays(5)), now);
            now = now.AddDays(5);
            current = current.After(new Resume(), now);
        }

        Assert.Contains("0 are left", current.RefusalOf(new Suspend("weather", "e", now.AddMinutes(1)), now), StringComparison.Ordinal);
        var reassigned = current.After(new Reassign("parks", "why"), now).After(new Accept(), now).After(new Arrive(), now);
        Assert.Contains("0 are left", reassigned.RefusalOf(new Suspend("weather", "e", now.AddMinutes(1)), now), StringComparison.Ordinal);
    }

    [Fact]
    public void Reassign_WhileSuspended_CountsThePauseToTheCap()
    {
        var moved = Lives.In(CaseState.Suspended).After(new Reassign("parks", "why"), Tomorrow);
        Assert.Equal([new PauseSpan(SmallTown.Morning, Tomorrow)], moved.Dispatch!.Pauses);
    }

    [Fact]
    public void Extend_Repeated_IsCappedAllTogether()
    {
        var extended = Lives.In(CaseState.Handling).After(new Extend(14.9, "hard", "deputy")).After(new Extend(0.1, "hard", "deputy"));
        Assert.Contains("0 are left", extended.RefusalOf(new Extend(0.1, "hard", "deputy")), StringComparison.Ordinal);
    }

    [Fact]
    public void Suspend_PersonalDataInEvidence_IsRedacted() =>
        Assert.Equal("owner [phone]", Lives.In(CaseState.Handling).After(new Suspend("weather", "owner 13812345678", Tomorrow)).Suspension!.Evidence);

    [Fact]
    public void Resume_ByHand_MovesTheResolveClockByThePauseAlone()
    {
        var before = Lives.In(CaseState.Handling);
        var after = before.After(new Suspend("weather", "e", SmallTown.Morning.AddDays(5))).After(new Resume(), Tomorrow);
        Assert.Null(after.Suspension);
        Assert.Equal(TimeSpan.FromHours(8), after.Assignment!.Clocks.Added);
        Assert.Equal(SmallTown.Shanghai.Add(before.Assignment!.Clocks.ResolveDue, new(TimeSpan.FromHours(8), WorkUnit.WorkingTime)), after.Assignment.Clocks.ResolveDue);
    }

    [Fact]
    public void Resume_LaterThanTheCap_CountsThePauseUpToTheCap()
    {
        var after = Lives.In(CaseState.Handling).After(new Suspend("weather", "e", Tomorrow)).After(new Resume(), Tomorrow.AddDays(1));
        Assert.Equal(TimeSpan.FromHours(8), after.Assignment!.Clocks.Added);
    }

    [Fact]
    public void Suspend_Twice_AddsBothPauses()
    {
        var after = Lives.In(CaseState.Handling)
            .After(new Suspend("weather", "e", Tomorrow.AddDays(3))).After(new Resume(), SmallTown.Morning.AddHours(1))
            .After(new Suspend("weather", "e", Tomorrow.AddDays(3)), SmallTown.Morning.AddHours(1)).After(new Resume(), SmallTown.Morning.AddHours(1.5));
        Assert.Equal(TimeSpan.FromHours(1.5), after.Assignment!.Clocks.Added);
    }

    [Theory]
    [Trait("behaviour", "Clocks: limits are 1, 3, 5 and 15 working days, and more time is approved and capped")]
    [InlineData(0, "why", "who")]
    [InlineData(-1, "why", "who")]
    [InlineData(15.5, "why", "who")]
    [InlineData(double.NaN, "why", "who")]
    [InlineData(1, "", "who")]
    [InlineData(1, "why", null)]
    public void Extend_BadArgument_IsRefused(double days, string reason, string? approver) =>
        Assert.NotEmpty(Lives.In(CaseState.Handling).RefusalOf(new Extend(days, reason, approver!)));

    [Fact]
    public void Extend_WorkingLimit_AddsWorkingDays()
    {
        var after = Lives.In(CaseState.Handling).After(new Extend(2, "hard", "deputy"));
        Assert.Equal(SmallTown.Shanghai.Add(SmallTown.Morning, WorkDuration.WorkingDays(5)), after.Assignment!.Clocks.ResolveDue);
    }

    [Fact]
    public void Extend_RoundTheClockLimit_AddsDays()
    {
        var water = Lives.Rubbish with { CategoryCode = "water", LeadDepartment = "waterworks" };
        var handling = SmallTown.Draft().After(new CityBrain.Triage.CompleteTriage(water)).After(new DispatchTo("waterworks")).After(new Accept()).After(new Arrive());
        Assert.Equal(SmallTown.Morning.AddHours(24 + 48), handling.After(new Extend(2, "hard", "deputy")).Assignment!.Clocks.ResolveDue);
    }
}
