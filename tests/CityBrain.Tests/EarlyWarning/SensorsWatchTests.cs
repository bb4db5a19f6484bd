using System.Text.Json;
using CityBrain.EarlyWarning.Sensors;
using FsCheck.Fluent;

namespace CityBrain.Tests.EarlyWarning;

public sealed class SensorsWatchTests
{
    private const int Quarters = 96;
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_RiverThatRisesFarAboveItsPast_IsAnAnomalyBeforeThePeakAndEnds()
    {
        var said = Play(new SensorWatch(new SensorSettings()), River(1, 30), day => day.Day == 24 ? Math.Max(0, 0.5 - (Math.Abs(day.Quarter - 48) * 0.02)) : 0);
        var first = said.First(finding => !finding.IsFault);
        Assert.True(first.Kind is SensorFindingKind.Level or SensorFindingKind.Rise);
        Assert.InRange(first.Onset, Start.AddDays(24).AddHours(5), Start.AddDays(24).AddHours(12));
        Assert.InRange(first.Score, 5, 10);
        Assert.Single(said.Where(finding => !finding.IsFault).Select(finding => finding.Onset).Distinct());
        Assert.InRange(said.Last(finding => !finding.IsFault).End!.Value, Start.AddDays(24).AddHours(12), Start.AddDays(25).AddHours(12));
    }

    [Fact]
    public void Read_RiverAndTrafficOnOrdinaryDays_AreNoAnomaly()
    {
        Assert.Empty(Play(new SensorWatch(new SensorSettings()), River(2, 60)));
        Assert.Empty(Play(new SensorWatch(new SensorSettings()), Traffic(3, 60)));
    }

    [Fact]
    public void Read_RiseThatIsFastButLow_IsARise()
    {
        var said = Play(new SensorWatch(new SensorSettings()), Slope(4, 40), day => day is { Day: 32, Quarter: >= 40 } ? 0.55 : 0);
        Assert.Equal(SensorFindingKind.Rise, said.First(finding => !finding.IsFault).Kind);
    }

    [Fact]
    public void Read_SlowTrafficAtAnHourThatIsFast_IsOutOfSeason()
    {
        var said = Play(new SensorWatch(new SensorSettings()), Traffic(5, 12), day => day is { Day: 9, Quarter: >= 48 and < 60 } ? -25 : 0);
        var first = said.First(finding => !finding.IsFault);
        Assert.Equal(SensorFindingKind.Season, first.Kind);
        Assert.True(first.Value < first.Expected);
        Assert.InRange(first.Onset, Start.AddDays(9).AddHours(12), Start.AddDays(9).AddHours(15));
    }

    [Fact]
    public void Read_ValueThatStandsStill_IsAFaultAndNoAnomaly()
    {
        var said = Play(new SensorWatch(new SensorSettings()), River(6, 20).Select(reading => reading.At >= Start.AddDays(15) && reading.At < Start.AddDays(17) ? reading with { Value = 0.011 } : reading));
        Assert.All(said, finding => Assert.True(finding.IsFault));
        var (first, last) = (said[0], said[^1]);
        Assert.Equal((SensorFindingKind.Flatline, Start.AddDays(15)), (first.Kind, first.Onset));
        Assert.Equal(Start.AddDays(17), last.End);
    }

    [Fact]
    public void Read_RainGaugeAtRest_IsNoFault()
    {
        var rain = Readings(40, at => at is { Day: 3 or 9, Quarter: > 20 and < 30 } ? 0.2 * (at.Quarter % 3) : 0);
        Assert.Empty(Play(new SensorWatch(new SensorSettings()), rain));
    }

    [Fact]
    public void AdvanceTo_NoReadings_IsADropoutThatTheNextReadingEnds()
    {
        var watch = new SensorWatch(new SensorSettings());
        Assert.Empty(Play(watch, River(7, 5)));
        var last = Start.AddDays(5).AddMinutes(-15);
        Assert.Empty(watch.AdvanceTo(last.AddMinutes(30)));
        var silent = Assert.Single(watch.AdvanceTo(last.AddHours(5)));
        Assert.Equal((SensorFindingKind.Dropout, last, true), (silent.Kind, silent.Onset, silent.IsFault));
        Assert.Empty(watch.AdvanceTo(last.AddHours(6)));
        Assert.Equal(last.AddHours(7), Assert.Single(watch.Read(last.AddHours(7), 0.1)).End);
        Assert.Empty(watch.Open);
    }

    [Fact]
    public void Read_LateOrNoNumber_RaisesNothingAndIsNotTheLast()
    {
        var watch = new SensorWatch(new SensorSettings());
        Play(watch, River(8, 20));
        var last = watch.Save().Last;
        Assert.Empty(watch.Read(Start.AddDays(20).AddHours(-1), 99));
        Assert.Empty(watch.Read(Start.AddDays(20), double.NaN));
        Assert.Equal(last, watch.Save().Last);
    }

    [Fact]
    public void Read_Prefix_FindsTheSameUpToThere()
    {
        var readings = River(9, 30).Select(reading => reading.At >= Start.AddDays(20) && reading.At < Start.AddDays(20.5) ? reading with { Value = reading.Value + 0.4 } : reading).ToList();
        var whole = Play(new SensorWatch(new SensorSettings()), readings);
        var part = Play(new SensorWatch(new SensorSettings()), readings.Take((20 * Quarters) + 10));
        Assert.NotEmpty(part);
        Assert.Equal(Json(part), Json(whole.Take(part.Count).ToList()));
    }

    [Fact]
    public void Save_InTheMiddle_GoesOnAsIfNothingHadHappened() => Laws.Holds(
        from seed in Gen.Choose(1, 1000)
        from cut in Gen.Choose(1, 20 * Quarters)
        select (Seed: seed, Cut: cut),
        example =>
        {
            var readings = Traffic(example.Seed, 20).Select((reading, i) => i > 16 * Quarters && i < (16 * Quarters) + 20 ? reading with { Value = 5 } : reading).ToList();
            var whole = Play(new SensorWatch(new SensorSettings()), readings);
            var watch = new SensorWatch(new SensorSettings());
            var before = Play(watch, readings.Take(example.Cut));
            var kept = Json(watch.Save());
            Assert.InRange(kept.Length, 0, 20_000);
            var restored = new SensorWatch(new SensorSettings(), JsonSerializer.Deserialize<SensorWatchState>(kept, CityJson.Options)!);
            Assert.Equal(kept, Json(restored.Save()));
            Assert.Equal(Json(whole), Json(before.Concat(Play(restored, readings.Skip(example.Cut))).ToList()));
        },
        5);

    private static IEnumerable<Reading> River(int seed, int days)
    {
        var random = new Random(seed);
        var level = 0d;
        return Readings(days, _ =>
        {
            level = (0.98 * level) + ((random.NextDouble() - 0.5) * 0.02);
            return Math.Round(level, 3);
        });
    }

    /// <summary>A level that goes up and down far in the course of days, but slowly.</summary>
    private static IEnumerable<Reading> Slope(int seed, int days)
    {
        var random = new Random(seed);
        return Readings(days, at => Math.Round((-0.8 * Math.Cos(((at.Day * Quarters) + at.Quarter) * 2 * Math.PI / (4 * Quarters))) + ((random.NextDouble() - 0.5) * 0.02), 3));
    }

    /// <summary>Speeds with two slow hours in the morning of working days.</summary>
    private static IEnumerable<Reading> Traffic(int seed, int days)
    {
        var random = new Random(seed);
        return Readings(days, at => Math.Round((at.Day % 7 < 5 && at.Quarter is >= 28 and < 36 ? 35 : at.Quarter is < 24 or > 80 ? 66 : 58) + ((random.NextDouble() + random.NextDouble() - 1) * 5)));
    }

    private static IEnumerable<Reading> Readings(int days, Func<(int Day, int Quarter), double> value) =>
        Enumerable.Range(0, days * Quarters).Select(i => new Reading(Start.AddMinutes(i * 15), value((i / Quarters, i % Quarters))));

    private static List<SensorFinding> Play(SensorWatch watch, IEnumerable<Reading> readings, Func<(int Day, int Quarter), double>? more = null) =>
        [.. readings.SelectMany((reading, i) => watch.Read(reading.At, reading.Value + (more?.Invoke((i / Quarters, i % Quarters)) ?? 0)))];

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, CityJson.Options);

    private sealed record Reading(DateTimeOffset At, double Value);
}
