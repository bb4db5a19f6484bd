namespace CityBrain.EarlyWarning.Watching;

/// <summary>What is remembered of what follows what, to be kept.</summary>
public sealed record AssociationsState
{
    /// <summary>When counting began; null before the first complaint.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Complaints by category and district.</summary>
    public IReadOnlyDictionary<string, int> Complaints { get; init; } = new Dictionary<string, int>();

    /// <summary>Anomalies by kind of device and district.</summary>
    public IReadOnlyDictionary<string, int> Anomalies { get; init; } = new Dictionary<string, int>();

    /// <summary>Complaints that followed an anomaly, by kind, category and lag.</summary>
    public IReadOnlyDictionary<string, int> Followed { get; init; } = new Dictionary<string, int>();

    /// <summary>Anomalies that are not older than the longest lag.</summary>
    public IReadOnlyList<RecentAnomaly> Recent { get; init; } = [];
}

/// <summary>An anomaly of a device that may still be followed by complaints.</summary>
public sealed record RecentAnomaly(string Kind, string District, DateTimeOffset Onset);

/// <summary>How often complaints of a category follow an anomaly of a kind of device in its district, within some hours.</summary>
/// <param name="DeviceKind">Kind of device.</param>
/// <param name="CategoryCode">Catalogue item.</param>
/// <param name="FromHours">From so many hours after the onset.</param>
/// <param name="ToHours">Until so many.</param>
/// <param name="Observed">Complaints.</param>
/// <param name="Expected">As many would have come there in any hours of that number.</param>
/// <param name="Lift">Observed against expected, one added to both, so that few make no great lift.</param>
public sealed record Association(string DeviceKind, string CategoryCode, int FromHours, int ToHours, int Observed, double Expected, double Lift);

/// <summary>Learns which complaints follow which anomalies of devices, and after how long. Deterministic; not for several threads at once.</summary>
public sealed class Associations
{
    private const char Bar = '|';
    private static readonly (int From, int To)[] Lags = [(0, 6), (6, 24), (24, 72)];

    private readonly SortedDictionary<string, int> _complaints;
    private readonly SortedDictionary<string, int> _anomalies;
    private readonly SortedDictionary<string, int> _followed;
    private readonly List<RecentAnomaly> _recent;
    private DateTimeOffset? _since;

    /// <param name="state">As it was kept; null to begin anew.</param>
    public Associations(AssociationsState? state = null)
    {
        state ??= new();
        _since = state.Since;
        (_complaints, _anomalies, _followed) = (Sorted(state.Complaints), Sorted(state.Anomalies), Sorted(state.Followed));
        _recent = [.. state.Recent];
    }

    /// <summary>Counts a complaint.</summary>
    public void NoteComplaint(string category, string district, DateTimeOffset at)
    {
        _since ??= at;
        Add(_complaints, category + Bar + district);
        _recent.RemoveAll(anomaly => (at - anomaly.Onset).TotalHours >= Lags[^1].To);
        foreach (var anomaly in _recent.Where(anomaly => anomaly.District == district && anomaly.Onset <= at))
        {
            var hours = (at - anomaly.Onset).TotalHours;
            Add(_followed, $"{anomaly.Kind}|{category}|{Array.FindIndex(Lags, lag => hours < lag.To)}");
        }
    }

    /// <summary>Counts the onset of an anomaly; the same again counts once.</summary>
    public void NoteAnomaly(string kind, string district, DateTimeOffset onset)
    {
        var anomaly = new RecentAnomaly(kind, district, onset);
        if (!_recent.Contains(anomaly))
        {
            _recent.Add(anomaly);
            Add(_anomalies, kind + Bar + district);
        }
    }

    /// <summary>What follows what, the greatest lift first.</summary>
    public IReadOnlyList<Association> At(DateTimeOffset now)
    {
        var hours = _since is { } since ? Math.Max(24, (now - since).TotalHours) : 24;
        return [.. _followed.Select(pair => Of(pair.Key.Split(Bar), pair.Value, hours)).OrderByDescending(one => one.Lift).ThenBy(one => one.DeviceKind, StringComparer.Ordinal).ThenBy(one => one.CategoryCode, StringComparer.Ordinal)];
    }

    /// <summary>What it remembers, to be kept.</summary>
    public AssociationsState Save() => new()
    {
        Since = _since,
        Complaints = new Dictionary<string, int>(_complaints),
        Anomalies = new Dictionary<string, int>(_anomalies),
        Followed = new Dictionary<string, int>(_followed),
        Recent = [.. _recent],
    };

    private Association Of(string[] key, int observed, double hours)
    {
        var (from, to) = Lags[key[2][0] - '0'];
        var expected = _anomalies.Where(place => place.Key.StartsWith(key[0] + Bar, StringComparison.Ordinal))
            .Sum(place => place.Value * (to - from) * _complaints.GetValueOrDefault(key[1] + place.Key[key[0].Length..]) / hours);
        return new(key[0], key[1], from, to, observed, Math.Round(expected, 3), Math.Round((observed + 1) / (expected + 1), 2));
    }

    private static SortedDictionary<string, int> Sorted(IReadOnlyDictionary<string, int> counts) => new(counts.ToDictionary(), StringComparer.Ordinal);

    private static void Add(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
