namespace CityBrain.EarlyWarning.Bursts;

/// <summary>The open episodes of a subject: signals that overlap one in place belong to it.</summary>
internal sealed class BurstEpisodes(string subject, BurstGround ground, int begun, IEnumerable<BurstEpisode> open)
{
    private readonly List<BurstEpisode> _open = [.. open];

    /// <summary>How many there were.</summary>
    public int Begun { get; private set; } = begun;

    public IReadOnlyList<BurstEpisode> Open => _open;

    /// <summary>Sorts signals, the strongest first, into episodes; gives back those that were opened or have grown.</summary>
    public List<BurstEpisode> Take(IEnumerable<BurstSignal> signals, DateTimeOffset now)
    {
        var changed = new List<int>();
        foreach (var signal in signals)
        {
            string[] areas = signal.Zone < 0 ? [] : [.. ground.AreasOf(signal.Zone).ToArray().Select(area => ground.Areas[area].Id)];
            var at = _open.FindIndex(episode => Overlap(episode.Reach, areas));
            if (at < 0)
            {
                at = _open.Count;
                _open.Add(new BurstEpisode($"{subject}/{++Begun}", signal.Layer, areas, now, now, null, 0, 0, 0, 1, signal.Hours) { Reach = areas });
            }

            var grown = Grown(_open[at], signal, areas, now);
            if (_open[at] != grown && !changed.Contains(at))
            {
                changed.Add(at);
            }

            _open[at] = grown;
        }

        return [.. changed.Select(at => _open[at])];
    }

    /// <summary>Ends the episodes whose last alarm is older than a moment; gives them back.</summary>
    public List<BurstEpisode> Close(DateTimeOffset before, DateTimeOffset now)
    {
        var ended = _open.Where(episode => episode.Last < before).Select(episode => episode with { End = now }).ToList();
        _open.RemoveAll(episode => episode.Last < before);
        return ended;
    }

    private static BurstEpisode Grown(BurstEpisode episode, BurstSignal signal, string[] areas, DateTimeOffset now)
    {
        var reach = areas.All(episode.Reach.Contains) ? episode.Reach : [.. episode.Reach.Union(areas).Order(StringComparer.Ordinal)];
        var seen = episode.Last == now && ReferenceEquals(reach, episode.Reach) ? episode : episode with { Last = now, Reach = reach };
        return signal.Score <= episode.Score ? seen : seen with
        {
            Areas = areas,
            Observed = signal.Observed,
            Expected = signal.Expected,
            Score = signal.Score,
            P = Math.Pow(10, -signal.Score),
            WindowHours = signal.Hours,
        };
    }

    /// <summary>Two places overlap when they share an area, or both are the whole city.</summary>
    private static bool Overlap(IReadOnlyList<string> one, string[] other) => one.Count == 0 ? other.Length == 0 : other.Any(one.Contains);
}
