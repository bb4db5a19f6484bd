using System.Text.Json;
using CityBrain.EarlyWarning.Bursts;
using FsCheck.Fluent;

namespace CityBrain.Tests.EarlyWarning;

public sealed class BurstsWatchTests
{
    [Fact]
    public void Observe_OutbreakInFourAreas_IsOneEpisodeThatTouchesThemAndEnds()
    {
        var said = BurstsTown.Play(BurstsTown.Watch(), BurstsTown.Quiet(1, 150, 0.1).With(120, [6, 7, 11, 12], more: 1));
        var episode = Assert.Single(said.Where(episode => episode.Layer is BurstLayer.Area or BurstLayer.Zone && Day(episode.Onset) >= 115).DistinctBy(episode => episode.Id));
        Assert.InRange(Day(episode.Onset), 120, 123);
        Assert.NotEmpty(episode.Areas.Intersect(["a06", "a07", "a11", "a12"]));
        Assert.InRange(Day(said.Last(other => other.Id == episode.Id).End!.Value), 126, 142);
    }

    [Fact]
    public void Observe_RiseInTheWholeCity_IsACitywideEpisode()
    {
        var days = BurstsTown.Quiet(2, 140, 0.3).With(120, [.. Enumerable.Range(0, 8).Select(i => i * 3)], length: 3, more: 1);
        var said = BurstsTown.Play(BurstsTown.Watch(), days);
        Assert.Contains(said, episode => episode.Areas.Count == 0 && Day(episode.Onset) is >= 120 and <= 122);
    }

    [Fact]
    public void Observe_ReportsOfUnknownPlace_CountForTheCity()
    {
        var watch = BurstsTown.Watch();
        BurstsTown.Play(watch, BurstsTown.Quiet(3, 100, 0.05));
        var said = watch.Observe(BurstsTown.Start.AddDays(100), -1, 15);
        Assert.All(said, episode => Assert.Empty(episode.Areas));
        Assert.Contains(said, episode => episode is { Layer: BurstLayer.City, Observed: >= 15 });
    }

    [Fact]
    public void Observe_SmallExcessOverWeeks_IsASlowBurn()
    {
        var days = BurstsTown.Quiet(4, 220, 0.05);
        for (var day = 160; day < 220; day += 2)
        {
            days[day][12]++;
        }

        var said = BurstsTown.Play(BurstsTown.Watch(0.02), days);
        Assert.Contains(said, episode => episode.Layer == BurstLayer.Slow && episode.Areas.Contains("a12") && Day(episode.Onset) > 165);
    }

    [Fact]
    public void Observe_TwoReporters_AreNoBurst()
    {
        var watch = BurstsTown.Watch(1000);
        Assert.Empty(BurstsTown.Play(watch, Enumerable.Range(0, 100).Select(_ => new int[25])));
        Assert.DoesNotContain(watch.Observe(BurstsTown.Start.AddDays(100), 3, 2), episode => episode.Layer != BurstLayer.Slow);
        Assert.NotEmpty(watch.Observe(BurstsTown.Start.AddDays(100), 3, 1));
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.2)]
    [InlineData(3)]
    public void Observe_Noise_StaysWithinTheBudget(double mean)
    {
        const int Days = 600;
        var episodes = Enumerable.Range(0, 6).Sum(seed => BurstsTown.Play(BurstsTown.Watch(0.25), BurstsTown.Quiet(100 + seed, Days, mean)).DistinctBy(episode => episode.Id).Count());
        Assert.InRange(episodes / (6.0 * Days / 7), 0, 0.4);
    }

    [Fact]
    public void Observe_WeekdaysThatDiffer_AreLearntAndRaiseNoAlarm()
    {
        var days = BurstsTown.Quiet(7, 500, 1, day => day % 7 < 5 ? 1.38 : 0.05);
        var said = BurstsTown.Play(BurstsTown.Watch(0.1), days).DistinctBy(episode => episode.Id).ToList();
        Assert.InRange(said.Count, 0, 10);
    }

    [Fact]
    public void Observe_Prefix_GivesTheSameAlarmsUpToThere()
    {
        var days = BurstsTown.Quiet(8, 200, 0.2).With(80, [3, 4]).With(140, [20, 21, 22]);
        var (whole, part) = (BurstsTown.Play(BurstsTown.Watch(), days), BurstsTown.Play(BurstsTown.Watch(), days.Take(143)));
        Assert.NotEmpty(part);
        Assert.Equal(Json(part), Json(whole.Take(part.Count).ToList()));
        Assert.All(whole.Skip(part.Count), episode => Assert.True(Day(episode.End ?? episode.Last) >= 143));
    }

    [Fact]
    public void Save_InTheMiddle_GoesOnAsIfNothingHadHappened() => Laws.Holds(
        from seed in Gen.Choose(1, 10_000)
        from cut in Gen.Choose(1, 119)
        select (Seed: seed, Cut: cut),
        example =>
        {
            var days = BurstsTown.Quiet(example.Seed, 120, 0.15).With(90, [6, 7]);
            var whole = BurstsTown.Play(BurstsTown.Watch(), days);
            var ground = BurstsTown.Ground();
            var (profile, budget) = (new BurstProfile(BurstsTown.Settings, ground), new AlarmBudget(ground, 0.25));
            var watch = new BurstWatch("s", BurstsTown.Settings, ground, profile, budget);
            var before = BurstsTown.Play(watch, days.Take(example.Cut));
            var restored = new BurstWatch("s", BurstsTown.Settings, ground, new BurstProfile(BurstsTown.Settings, ground, Kept(profile.Save())), new AlarmBudget(ground, 0.25, Kept(budget.Save())), Kept(watch.Save()));
            Assert.Equal(Json(watch.Save()), Json(restored.Save()));
            Assert.Equal(Json(whole), Json(before.Concat(BurstsTown.Play(restored, days.Skip(example.Cut), example.Cut)).ToList()));
        },
        15);

    [Fact]
    public void Save_SubjectWithFewReports_IsSmall()
    {
        var watch = BurstsTown.Watch();
        watch.Observe(BurstsTown.Start, 3, 1);
        watch.Observe(BurstsTown.Start.AddDays(2), 3, 1);
        Assert.InRange(Json(watch.Save()).Length, 100, 900);
    }

    [Fact]
    public void Observe_AreasInAnotherOrder_GivesTheSameAlarms()
    {
        var days = BurstsTown.Quiet(9, 150, 0.15).With(120, [6, 7, 11]);
        var shuffled = new BurstGround(BurstsTown.Areas().Reverse());
        var said = new List<BurstEpisode>();
        var watch = BurstsTown.Watch(shuffled);
        for (var day = 0; day < days.Length; day++)
        {
            var counts = BurstsTown.CountsOf(days[day]).Select(count => new BurstCount(shuffled.IndexOf($"a{count.Area:00}"), count.Count)).Reverse().ToList();
            said.AddRange(watch.Observe(BurstsTown.Start.AddDays(day), counts));
        }

        Assert.Equal(Json(BurstsTown.Play(BurstsTown.Watch(), days)), Json(said));
    }

    [Fact]
    public void Observe_BurstWithinHours_IsSeenTheSameDayInLocalTime()
    {
        var settings = new BurstSettings { TimeZone = "Asia/Shanghai" };
        var ground = BurstsTown.Ground();
        var watch = new BurstWatch("s", settings, ground, new BurstProfile(settings, ground), new AlarmBudget(ground, 0.25));
        var random = new Random(5);
        for (var day = 0; day < 60; day++)
        {
            for (var report = 0; report < 6; report++)
            {
                watch.Observe(BurstsTown.Start.AddDays(day).AddHours(report * 2), random.Next(25), 1);
            }
        }

        var began = BurstsTown.Start.AddDays(60).AddHours(1);
        var said = Enumerable.Range(0, 5).SelectMany(minute => watch.Observe(began.AddMinutes(minute * 10), 12, 1)).ToList();
        Assert.Contains(said, episode => episode.Areas is ["a12"] && episode.WindowHours <= 6);
        Assert.Equal(DateOnly.FromDateTime(began.AddHours(8).DateTime).DayNumber, watch.Save().Day);
    }

    [Fact]
    public void Observe_ReportOfADayThatIsOver_JoinsThatDayAndOneTooOldIsLeftOut()
    {
        var watch = BurstsTown.Watch();
        BurstsTown.Play(watch, BurstsTown.Quiet(3, 40, 0.1));
        var before = watch.Save();
        watch.Observe(BurstsTown.Start.AddDays(37), 2, 1);
        watch.Observe(BurstsTown.Start.AddDays(12), 2, 1);
        var after = watch.Save();
        Assert.Equal(before.Days.Sum(day => day.Counts.Sum(count => count.Count)) + 1, after.Days.Sum(day => day.Counts.Sum(count => count.Count)));
        Assert.Equal(before.Day, after.Day);
    }

    private static int Day(DateTimeOffset at) => (at - BurstsTown.Start).Days;

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, CityJson.Options);

    private static T Kept<T>(T value) => JsonSerializer.Deserialize<T>(Json(value), CityJson.Options)!;
}
