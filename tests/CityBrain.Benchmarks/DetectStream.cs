using CityBrain.EarlyWarning.Bursts;

namespace CityBrain.Benchmarks;

/// <summary>Reports of one series and time, by area index.</summary>
internal sealed record DetectBucket(DateTimeOffset Time, string Series, List<BurstCount> Counts);

/// <summary>Plays series through watches in order of time, and gathers the episodes as they were known when they began.</summary>
internal static class DetectStream
{
    public static List<(string Series, BurstEpisode Onset, DateTimeOffset? End)> Play(IEnumerable<DetectBucket> buckets, BurstGround ground, bool isHourly, double falseEpisodesA30Days)
    {
        var settings = new BurstSettings { IsHourly = isHourly };
        var profile = new BurstProfile(settings, ground);
        var budget = new AlarmBudget(ground, falseEpisodesA30Days * 7 / 30);
        var watches = new SortedDictionary<string, BurstWatch>(StringComparer.Ordinal);
        var episodes = new Dictionary<string, (string Series, BurstEpisode Onset, DateTimeOffset? End)>();
        DateTimeOffset? begin = null;
        var day = default(DateTimeOffset);
        foreach (var bucket in buckets.OrderBy(bucket => bucket.Time).ThenBy(bucket => bucket.Series, StringComparer.Ordinal))
        {
            begin ??= bucket.Time;
            if (bucket.Time.Date != day.Date)
            {
                day = bucket.Time;
                foreach (var (series, watch) in watches)
                {
                    Note(series, watch.AdvanceTo(day));
                }
            }

            if (!watches.TryGetValue(bucket.Series, out var watched))
            {
                watches[bucket.Series] = watched = new BurstWatch(bucket.Series, settings, ground, profile, budget);
                budget.Subjects = watches.Count;
                watched.AdvanceTo(begin.Value);
            }

            Note(bucket.Series, watched.Observe(bucket.Time, [.. bucket.Counts.OrderBy(count => count.Area)]));
        }

        return [.. episodes.Values];

        void Note(string series, IEnumerable<BurstEpisode> changed)
        {
            foreach (var episode in changed)
            {
                var onset = episodes.TryGetValue(episode.Id, out var known) ? known.Onset : episode;
                episodes[episode.Id] = (series, onset, episode.End is null ? null : episode.Last);
            }
        }
    }
}
