using CityBrain.EarlyWarning.Bursts;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.EarlyWarning.Watching;

namespace CityBrain.Tests.EarlyWarning;

public sealed class CityWatchTests
{
    [Fact]
    [Trait("behaviour", "Early warning: quiet weeks stay within the budget of false alarms")]
    public void Take_QuietWeeks_KeepToTheBudgetOfFalseAlarms()
    {
        const int Towns = 20;
        const int Days = 100;
        var raised = Enumerable.Range(0, Towns).Sum(seed => WatchDays.Watch().Take(WatchDays.Quiet(0, Days, seed)).DistinctBy(warning => warning.Id).Count());
        var allowed = Towns * (Days - WatchDays.Options.LearnDays) / 7.0 * WatchDays.Options.FalseEpisodesAWeek;
        Assert.InRange(raised, 0, 2 * allowed);
    }

    [Fact]
    public void Take_ManyPeopleOfOneTrouble_RaiseOneWarningThere()
    {
        var watch = WatchDays.Watch();
        Assert.Empty(watch.Take(WatchDays.Quiet(0, 40)));
        var seen = watch.Take(WatchDays.Burst(40.1, 9));
        Assert.NotEmpty(seen);
        var warning = Assert.Single(seen.GroupBy(one => one.Id)).Last();
        Assert.Equal("rubbish", warning.CategoryCode);
        Assert.Equal("g-west-1", warning.Areas[0]);
        Assert.InRange(warning.Reporters, 3, 9);
        Assert.Contains(warning.Signs, sign => sign.Kind is SignKind.Topic);
    }

    [Fact]
    [Trait("behaviour", "Early warning: only distinct people count")]
    public void Take_OnePersonManyTimes_RaisesNone()
    {
        var watch = WatchDays.Watch();
        watch.Take(WatchDays.Quiet(0, 40));
        Assert.Empty(watch.Take(WatchDays.Burst(40.1, 12).Select(entry => entry with { Case = entry.Case! with { ReporterKey = "the same" } })));
    }

    [Fact]
    public void Take_PlacesThatAServiceNamed_TellTroublesOfTheSameWordsApart()
    {
        int TopicsWith(string last)
        {
            var watch = WatchDays.Watch();
            foreach (var (place, i) in Enumerable.Repeat("brookside", 8).Append(last).Select((place, i) => (place, i)))
            {
                var entry = WatchDays.Case($"p{i}", i * 0.01, $"drilling noise keeps the children awake, house{i}", area: null);
                watch.Take(entry with { Case = entry.Case! with { Places = [place] } });
            }

            return watch.TakeChanges().Topics.Topics.Count;
        }

        Assert.Equal(1, TopicsWith("brookside"));
        Assert.Equal(2, TopicsWith("millcrest"));
    }

    [Fact]
    public void Take_CopiesOfUnknownReporters_RaiseNone()
    {
        var watch = WatchDays.Watch();
        watch.Take(WatchDays.Quiet(0, 40));
        var copies = WatchDays.Burst(40.1, 12).Select(entry => entry with { Case = entry.Case! with { ReporterKey = null, CategoryCode = null, Text = "the same petition word by word about the old depot" } });
        Assert.Empty(watch.Take(copies));
    }

    [Fact]
    [Trait("behaviour", "Early warning: people and devices near in place, time and meaning are one surer warning")]
    public void Take_DeviceAndPeopleInOnePlace_IsOneSurerWarning()
    {
        var alone = WatchDays.Watch();
        alone.Take(WatchDays.Quiet(0, 40));
        var people = alone.Take(WatchDays.Burst(40.1, 9))[^1];
        var watch = WatchDays.Watch();
        watch.Take(WatchDays.Quiet(0, 40));
        var both = watch.Take(WatchDays.Burst(40.1, 9).Prepend(WatchDays.Anomaly(40.05)));
        var warning = Assert.Single(both.GroupBy(one => one.Id)).Last();
        Assert.Equal(1, warning.Devices);
        Assert.True(warning.Parts.Confidence > people.Parts.Confidence);
        Assert.Contains(watch.Core().Associations.Followed, pair => pair.Key == "river-gauge|rubbish|0" && pair.Value >= 9);
    }

    [Fact]
    public void Take_TroubleThatIsOver_EndsWithTheQuietDays()
    {
        var watch = WatchDays.Watch();
        watch.Take(WatchDays.Quiet(0, 40));
        var id = watch.Take(WatchDays.Burst(40.1, 9))[^1].Id;
        var end = watch.Take(WatchDays.Quiet(41, 60, seed: 8)).Last(warning => warning.Id == id).End;
        Assert.NotNull(end);
        Assert.InRange((end!.Value - WatchDays.At(40.1)).TotalDays, 6, 12);
    }

    [Fact]
    [Trait("behaviour", "Early warning: topics and warnings are the same whatever stops in between")]
    public void Take_StoppedAndRestoredAnywhere_GivesTheSame()
    {
        WatchEntry[] entries = [.. WatchDays.Quiet(0, 40), WatchDays.Anomaly(40.05), .. WatchDays.Burst(40.1, 9), .. WatchDays.Quiet(41, 55, seed: 8)];
        var whole = WatchDays.Watch();
        var expected = whole.Take(entries);
        Assert.NotEmpty(expected);
        foreach (var stop in new[] { 1, 60, 137, entries.Length - 60, entries.Length - 5 })
        {
            var first = WatchDays.Watch();
            var seen = first.Take(entries.Take(stop));
            var second = WatchDays.Watch(Kept(first));
            seen.AddRange(second.Take(entries.Skip(stop)));
            Assert.Equal(CityJson.Write(expected), CityJson.Write(seen));
            Assert.Equal(CityJson.Write(whole.Core()), CityJson.Write(second.Core()));
        }
    }

    [Fact]
    public void Rulings_MoveTheThresholdsWithinBounds_AndTakingOneBackTakesItBack()
    {
        var watch = WatchDays.Watch();
        watch.Take(WatchDays.Quiet(0, 30));
        var before = watch.Thresholds[BurstLayer.City];
        WatchEntry Ruling(int number, Disposition? disposition) => new($"ruling-{number}-{disposition}", WatchDays.At(31)) { Ruling = new($"rubbish-{number:D6}", disposition) };
        watch.Take(Enumerable.Range(0, 1000).Select(number => Ruling(number, Disposition.False)));
        var strict = watch.Thresholds[BurstLayer.City];
        watch.Take(Enumerable.Range(0, 1000).Select(number => Ruling(number, Disposition.True)));
        var open = watch.Thresholds[BurstLayer.City];
        Assert.True(open < before && before < strict, $"{open} {before} {strict}");
        Assert.InRange(strict - open, 0.1, 3);
        watch.Take(Enumerable.Range(800, 200).Select(number => Ruling(number, null)));
        Assert.Equal(before, watch.Thresholds[BurstLayer.City], 6);
    }

    /// <summary>What is kept of a machine, written and read again.</summary>
    private static CityWatchState Kept(CityWatch watch)
    {
        var changes = Again(watch.TakeChanges());
        var core = Again(watch.Core());
        return new(core, CityWatchState.Empty.Topics.With(changes.Topics), changes.Subjects, changes.Warnings);
    }

    private static T Again<T>(T value) => CityJson.Read<T>(CityJson.Write(value));
}
