namespace CityBrain.EarlyWarning.Topics;

/// <summary>Whether more or fewer people write about a topic than before, on a day.</summary>
/// <param name="Today">The local day.</param>
/// <param name="LastWeek">Distinct reporters whose last text is of the 7 days up to the day.</param>
/// <param name="WeekBefore">Distinct reporters a week in the 4 weeks before those.</param>
/// <param name="RecentReporters">Distinct reporters, each counted half after every <see cref="HotIndex.HalfLifeDays"/> days since he last wrote.</param>
public sealed record TopicTrend(DateOnly Today, int LastWeek, double WeekBefore, double RecentReporters)
{
    private const int Week = 7;
    private const int WeeksBefore = 4;

    /// <summary>Last week against the weeks before: 1 when nothing changes, above 1 when it grows. One reporter is added to both, so that few make no great change.</summary>
    public double Growth => (LastWeek + 1) / (WeekBefore + 1);

    /// <summary>The trend of a topic on a day; 0 throughout for a record that no longer knows who wrote.</summary>
    public static TopicTrend Of(TopicRecord topic, DateOnly today)
    {
        var reporters = new TopicReporters();
        reporters.Restore(topic.Who?.Hashes, 0);
        var day = today.DayNumber;
        return new(
            today,
            (int)reporters.Sum(day, ago => ago < Week ? 1 : 0),
            reporters.Sum(day, ago => ago is >= Week and < Week * (1 + WeeksBefore) ? 1 : 0) / WeeksBefore,
            reporters.Sum(day, ago => Math.Pow(2, -ago / HotIndex.HalfLifeDays)));
    }
}
