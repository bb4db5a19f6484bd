namespace CityBrain.EarlyWarning.Sensors;

/// <summary>Tells when a device is silent or stuck, by what is usual for it.</summary>
internal sealed class SensorFaults
{
    private const double LeastGapMinutes = 60;
    private const double GapFactor = 8;
    private const double FlatFactor = 3;

    /// <summary>A value that so many of the hours have had is where the device rests, such as a rain gauge at 0.</summary>
    private const double RestingPart = 0.15;

    /// <summary>Without so many hours from before it stood still, nothing tells whether the device rests.</summary>
    private const int LeastPastHours = 48;

    private readonly SensorSettings _settings;

    public SensorFaults(SensorSettings settings, SensorWatchState state)
    {
        _settings = settings;
        (Resolution, FlatSince, LongestFlatHours) = (state.Resolution, state.FlatSince, state.LongestFlatHours);
        (UsualGapMinutes, LongGapMinutes) = (state.UsualGapMinutes, state.LongGapMinutes);
    }

    /// <summary>The smallest difference between two readings; 0 while unknown.</summary>
    public double Resolution { get; private set; }

    public DateTimeOffset? FlatSince { get; private set; }

    public double LongestFlatHours { get; private set; }

    public double UsualGapMinutes { get; private set; }

    public double LongGapMinutes { get; private set; }

    /// <summary>True when readings that ended at <paramref name="last"/> should have gone on by now.</summary>
    public bool IsSilent(DateTimeOffset last, DateTimeOffset now) =>
        UsualGapMinutes > 0 && (now - last).TotalMinutes > Math.Max(LeastGapMinutes, Math.Max(GapFactor * UsualGapMinutes, 1.5 * LongGapMinutes));

    /// <summary>Learns from the time and difference between two readings; called after <see cref="IsSilent"/>.</summary>
    public void Learn(DateTimeOffset before, double valueBefore, DateTimeOffset now, double value)
    {
        var (minutes, wasSilent) = ((now - before).TotalMinutes, IsSilent(before, now));
        UsualGapMinutes = UsualGapMinutes == 0 ? minutes : UsualGapMinutes * (minutes > UsualGapMinutes ? 1.02 : minutes < UsualGapMinutes ? 0.98 : 1);

        // What is rare but happens: it grows at once, and is forgotten slowly.
        LongGapMinutes = LongGapMinutes == 0 ? minutes : minutes > LongGapMinutes ? Math.Min(minutes, 2 * LongGapMinutes) : LongGapMinutes * 0.999;
        var difference = Math.Abs(value - valueBefore);
        if (difference > 1e-9 && (Resolution == 0 || difference < Resolution * 0.999))
        {
            Resolution = difference;
        }

        if (difference > 1e-9 || wasSilent || FlatSince is null)
        {
            var hours = FlatSince is { } since && !wasSilent ? (before - since).TotalHours : 0;
            LongestFlatHours = Math.Max(LongestFlatHours * 0.9999, Math.Min(hours, LimitHours));
            FlatSince = now;
        }
    }

    /// <summary>True when the value has not changed for longer than it ever did, and is not where the device rests.</summary>
    public bool IsStuck(SensorHistory history, double value, DateTimeOffset now) =>
        FlatSince is { } since && (now - since).TotalHours > LimitHours && history.IsKnown && history.Range > 0 && !IsResting(history, value, since);

    private double LimitHours => Math.Max(_settings.FlatHours, FlatFactor * LongestFlatHours);

    private bool IsResting(SensorHistory history, double value, DateTimeOffset since)
    {
        var first = SensorWatch.HourOf(since, _settings);
        var past = history.Hours.Where(hour => hour.Hour < first).ToList();
        return past.Count < LeastPastHours || past.Count(hour => Math.Abs(hour.Mean - value) < Math.Max(1e-6, Resolution / 10)) > RestingPart * past.Count;
    }
}
