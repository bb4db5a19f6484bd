using System.Globalization;
using CityBrain.Feedback;
using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

public sealed class WeeklyDigestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2024-09-16T07:59", null, null)]
    [InlineData("2024-09-16T08:00", "2024-W38", "2024-09-16T08:00")]
    [InlineData("2024-09-20T23:00", "2024-W38", "2024-09-16T08:00")]
    [InlineData("2024-10-01T12:00", "2024-W40", "2024-09-30T08:00")]
    [InlineData("2024-10-07T12:00", null, null)]
    [InlineData("2024-10-08T08:00", "2024-W41", "2024-10-08T08:00")]
    public void Due_AnyInstant_IsEightOnTheFirstWorkingDayOfTheWeek(string now, string? week, string? at)
    {
        var due = WeeklyDigest.Due(Local(now), SmallTown.Shanghai);
        Assert.Equal((week, at is null ? null : Local(at)), (due?.Week, due?.At));
    }

    [Fact]
    public async Task SendDue_OfAWeek_TellsTheCityAndEachDistrictOnce()
    {
        await using var host = await SupervisionHost.OpenAsync();
        await host.CalledBackAsync("1", new AnswerFeedback(true, true, true, null));
        await host.CalledBackAsync("2", new AnswerFeedback(true, false, false, null), "parks", "g-east-1");
        await host.LiveAsync("3", Lives.To(CityBrain.Cases.CaseState.Handling));
        host.Store.Clock.Now = Local("2024-09-24T09:00");
        await host.Get<OverdueDesk>().SweepAsync(Stop);
        var desk = host.Get<DigestDesk>();
        host.Notices.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => desk.SendDueAsync(Stop));
        host.Notices.Fails = false;
        Assert.Equal(["town", "d-west", "d-east"], (await desk.SendDueAsync(Stop)).Select(digest => digest.AreaId));
        Assert.Empty(await desk.SendDueAsync(Stop));

        var city = host.Notices.Digests.First();
        Assert.Equal(("2024-W39", 2, 0.5m), (city.Week, city.All.Answered, city.All.Resolution.Value));
        Assert.Equal(["sanitation", "parks"], city.Top.Select(line => line.Id));
        Assert.Equal(1, city.Overdue[OverdueStep.Notice]);
        Assert.Equal(1, city.Flags[FlagKind.ClosedUnsolved]);
        var east = host.Notices.Digests.Last();
        Assert.Equal((1, RateDimension.Street, 0), (east.All.Cases, east.By, east.Overdue.Count));
    }

    [Fact]
    public void Ranked_ManyUnits_NamesNoneTwice()
    {
        var cases = Enumerable.Range(0, 5).SelectMany(unit => Enumerable.Range(0, 10).Select(i => new RatedCase($"{unit}-{i}", $"u{unit}", "g", "s", "d", "c", i < unit ? FactKind.Solved : FactKind.Unsolved, SmallTown.Morning, true, true)));
        var (top, bottom) = WeeklyDigest.Ranked(RateTable.Of([.. cases], RateDimension.Department, new(10, 30, 35, 35)));
        Assert.Equal(["u4", "u3", "u2"], top.Select(line => line.Id));
        Assert.Equal(["u0", "u1"], bottom.Select(line => line.Id));
    }

    private static DateTimeOffset Local(string text) => DateTimeOffset.Parse(text + "+08:00", CultureInfo.InvariantCulture);
}
