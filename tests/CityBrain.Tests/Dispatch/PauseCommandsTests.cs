using CityBrain.Cases;
using CityBrain.Dispatch;

namespace CityBrain.Tests.Dispatch;

public sealed class PauseCommandsTests
{
    private static readonly DateTimeOffset Tomorrow = SmallTown.Morning.AddDays(1);

    [Theory]
    [InlineData("lunch", "e", 24, "reason")]
    [InlineData(null, "e", 24, "reason")]
    [InlineData("weather", "", 24, "evidence")]
    [InlineData("weather", "e", 0, "until")]
    [InlineData("weather", "e", (90 * 24) + 1, "until")]
    public void Suspend_BadArgument_SaysWhich(string? reason, string evidence, int hours, string expected) =>
        Assert.Contains(expected, Lives.In(CaseState.Handling).RefusalOf(new Suspend(reason!, evidence, SmallTown.Morning.AddHours(hours))), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Suspend_EveryListedReasonUpToTheCap_IsAccepted() =>
        Assert.All(Suspend.ListedReasons, reason => Lives.In(CaseState.Handling).After(new Suspend(reason, "e", SmallTown.Morning + Suspend.Cap)));

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
        Assert.Equal(SmallTown.Shanghai.Add(before.Assignment!.Clocks.ResolveDue, new(TimeSpan.FromHours(8), CityBrain.City.WorkUnit.WorkingTime)), after.Assignment.Clocks.ResolveDue);
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
            .After(new Suspend("weather", "e", Tomorrow.AddDays(9))).After(new Resume(), SmallTown.Morning.AddHours(1))
            .After(new Suspend("weather", "e", Tomorrow.AddDays(9)), SmallTown.Morning.AddHours(1)).After(new Resume(), SmallTown.Morning.AddHours(1.5));
        Assert.Equal(TimeSpan.FromHours(1.5), after.Assignment!.Clocks.Added);
    }

    [Theory]
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
        Assert.Equal(SmallTown.Shanghai.Add(SmallTown.Morning, CityBrain.City.WorkDuration.WorkingDays(5)), after.Assignment!.Clocks.ResolveDue);
    }

    [Fact]
    public void Extend_RoundTheClockLimit_AddsDays()
    {
        var water = Lives.Rubbish with { CategoryCode = "water", LeadDepartment = "waterworks" };
        var handling = SmallTown.Draft().After(new CityBrain.Triage.CompleteTriage(water)).After(new DispatchTo("waterworks")).After(new Accept()).After(new Arrive());
        Assert.Equal(SmallTown.Morning.AddHours(24 + 48), handling.After(new Extend(2, "hard", "deputy")).Assignment!.Clocks.ResolveDue);
    }
}
