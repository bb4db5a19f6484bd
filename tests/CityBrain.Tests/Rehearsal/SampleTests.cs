using CityBrain.Intake;
using CityBrain.Rehearsal.Plan;
using CityBrain.Rehearsal.Sample;

namespace CityBrain.Tests.Rehearsal;

public sealed class SampleTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly IReadOnlyList<ServiceRequest> Rows = ServiceRequestFile.Read(Path.Combine(AppContext.BaseDirectory, "data", "nyc-311.csv"));

    [Fact]
    public void Read_TheSample_HasAThousandDistinctRows()
    {
        Assert.Equal(1000, Rows.Count);
        Assert.Equal(1000, Rows.Select(row => row.Key).Distinct().Count());
        Assert.Equal(14, Rows.Count(row => row.Closed is null));
        Assert.All(Rows, row => Assert.True(row.Handling is null || row.Handling >= TimeSpan.Zero));
    }

    [Fact]
    public void Fold_EveryRow_KeepsWeekdayAndTimeOfDayWithinTheFourWeeks()
    {
        var (start, end) = (Folding.Start(Zone), Folding.Start(Zone).AddDays(28));
        foreach (var row in Rows)
        {
            var folded = Folding.Fold(row, Zone);
            Assert.InRange(folded, start, end.AddTicks(-1));
            Assert.Equal(row.Created.DayOfWeek, folded.DayOfWeek);
            Assert.Equal(row.Created.TimeOfDay, folded.TimeOfDay);
            Assert.Equal(Zone.GetUtcOffset(folded), folded.Offset);
        }
    }

    [Fact]
    public void Fold_EveryRow_FillsAllFourWeeks() =>
        Assert.All(
            Rows.CountBy(row => (int)((Folding.Fold(row, Zone) - Folding.Start(Zone)).TotalDays / 7)),
            week => Assert.InRange(week.Value, 150, 400));

    [Fact]
    public void Plan_EveryRow_IsAnAcceptableAppealOfAFictitiousPerson()
    {
        foreach (var planned in Planner.Plan(Rows, Zone, seed: 1))
        {
            Assert.Empty(AppealRules.Check(planned.Appeal, planned.SendAt));
            Assert.Equal(planned.Row.Key, planned.Appeal.SourceId);
            Assert.StartsWith("Fictitious ", planned.Appeal.Reporter!.Name, StringComparison.Ordinal);
            Assert.Matches(@"-555-01\d\d$", planned.Appeal.Reporter.Phone);
        }
    }

    [Fact]
    public void Plan_EveryRow_RepliesAfterTheRealHandlingTime() =>
        Assert.All(Planner.Plan(Rows, Zone, seed: 1), planned =>
        {
            Assert.Equal(planned.Row.Handling, planned.ReplyAt - planned.Appeal.OccurredAt);
            Assert.InRange(planned.SendAt - planned.Appeal.OccurredAt!.Value, TimeSpan.Zero, planned.InBatch ? TimeSpan.FromHours(6) : TimeSpan.Zero);
        });

    [Fact]
    public void Plan_SameSeed_IsTheSamePlay()
    {
        var (first, again, other) = (Planner.Plan(Rows, Zone, 7), Planner.Plan(Rows, Zone, 7), Planner.Plan(Rows, Zone, 8));

        Assert.Equal(first.Select(planned => (planned.Row.Key, planned.SendAt, planned.Temper)), again.Select(planned => (planned.Row.Key, planned.SendAt, planned.Temper)));
        Assert.NotEqual(first.Select(planned => planned.Temper), other.Select(planned => planned.Temper));
    }

    [Fact]
    public void Draw_ManyCases_GivesEveryBehaviourASmallShare()
    {
        var tempers = Enumerable.Range(0, 10_000).Select(number => Temper.Draw(311, $"{number}")).ToList();

        Assert.InRange(tempers.Count(temper => temper.Answers is Answering.Unsolved), 300, 700);
        Assert.InRange(tempers.Count(temper => temper.Answers is Answering.Never), 900, 1500);
        Assert.InRange(tempers.Count(temper => temper.Returns > 0), 300, 700);
        Assert.InRange(tempers.Count(temper => temper.Pause > 0), 300, 700);
        Assert.InRange(tempers.Count(temper => temper.RepeatAfter is not null), 100, 300);
        Assert.All(tempers, temper => Assert.True(temper.AcceptShare < temper.ArriveShare));
    }

    [Fact]
    public void Read_TheRivers_HasReadingsOfFiveDevicesInOrderOfTime()
    {
        var readings = RiverSeries.Read(Path.Combine(AppContext.BaseDirectory, "data", "river"));

        Assert.Equal(5, readings.Select(reading => reading.Device).Distinct().Count());
        Assert.InRange(readings.Count, 13_000, 14_000);
        Assert.Equal(readings.Select(reading => reading.Time).Order(), readings.Select(reading => reading.Time));
    }
}
