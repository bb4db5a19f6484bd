using CityBrain.Cases;
using CityBrain.Rehearsal.Plan;
using CityBrain.Rehearsal.Play;
using CityBrain.Rehearsal.Sample;
using CityBrain.Rehearsal.Show;

namespace CityBrain.Tests.Rehearsal;

public sealed class AccountingTests
{
    private static readonly DateTimeOffset Filed = new(2025, 8, 18, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Fault_ClosedWithAReply_IsNone() => Assert.Null(Accounting.Fault(Planned(), Seen(CaseState.Closed)));

    [Fact]
    public void Fault_NoCase_IsToldOf() => Assert.NotNull(Accounting.Fault(Planned(), null));

    [Theory]
    [InlineData(CaseState.Handling)]
    [InlineData(CaseState.Verified)]
    [InlineData(CaseState.Withdrawn)]
    public void Fault_RowWasClosedAndTheCaseIsNot_IsToldOf(CaseState state) => Assert.NotNull(Accounting.Fault(Planned(), Seen(state)));

    [Fact]
    public void Fault_CaseOfAnotherAppeal_IsToldOf() =>
        Assert.NotNull(Accounting.Fault(Planned(), Seen(CaseState.Closed) with { Origin = new OriginSeen(OriginKind.Appeal, "hotline", "2") }));

    [Fact]
    public void Fault_RowThatNeverClosed_MustBeOpenWithADepartment()
    {
        var never = Planned() with { ReplyAt = null };

        Assert.Null(Accounting.Fault(never, Seen(CaseState.Handling)));
        Assert.NotNull(Accounting.Fault(never, Seen(CaseState.Handling) with { Assignment = null }));
        Assert.NotNull(Accounting.Fault(never, Seen(CaseState.Closed)));
    }

    private static PlannedAppeal Planned()
    {
        var row = new ServiceRequest("1", new DateTime(2018, 6, 25, 9, 0, 0), new DateTime(2018, 6, 26, 5, 0, 0), "HPD", "Housing", "HEAT/HOT WATER", "", "", "", null, "PHONE", "See notes.");
        return new PlannedAppeal(row, SampleAppeal.Of(row, Filed), Filed, false, Filed.AddHours(20), "hpd", Temper.Draw(1, "1"));
    }

    private static CaseSeen Seen(CaseState state) => new(
        "0123456789abcdefghjk", 9, state, new OriginSeen(OriginKind.Appeal, "hotline", "1"), Filed, Filed,
        new AssignmentSeen("hpd", 1, new ClocksSeen(Filed, Filed.AddDays(3))), new ReplySeen("See notes.", Filed.AddHours(20)), null, 0, 0, null, null, new Dictionary<string, string>());
}
