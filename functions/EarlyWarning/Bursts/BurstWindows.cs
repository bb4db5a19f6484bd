using System.Buffers;

namespace CityBrain.EarlyWarning.Bursts;

/// <summary>The windows that end now, with what was reported in them; their arrays are lent until this is disposed of.</summary>
internal sealed class BurstWindows(BurstSettings settings, BurstGround ground, BurstProfile profile, BurstBaseline baseline) : IDisposable
{
    private readonly List<BurstWindow> _windows = [];

    /// <summary>Windows of days, of hours when those are known, and the sums that fade.</summary>
    /// <param name="days">The days up to the open one, oldest first.</param>
    /// <param name="hours">What was reported in the last 24 hours.</param>
    /// <param name="hour">The local hour, 0 to 23.</param>
    public IReadOnlyList<BurstWindow> Ending(IReadOnlyList<BurstDay> days, IReadOnlyList<BurstHour> hours, int hour)
    {
        var today = days[^1];
        var begun = settings.IsHourly ? profile.DayPart(today.Day, hour) : 1;
        foreach (var length in settings.DayWindows)
        {
            var past = days.SkipLast(1).TakeLast(length - 1).ToList();
            Add(length * 24, length, (today.Expected * begun) + past.Sum(day => day.Expected), past.Append(today).SelectMany(day => day.Counts));
        }

        if (settings.IsHourly)
        {
            AddHours(days, hours, hour);
        }

        AddLeaky(today, begun);
        return _windows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var window in _windows)
        {
            ArrayPool<double>.Shared.Return(window.Counts);
        }

        _windows.Clear();
    }

    private void AddHours(IReadOnlyList<BurstDay> days, IReadOnlyList<BurstHour> hours, int hour)
    {
        var now = (days[^1].Day * 24) + hour;
        foreach (var length in settings.HourWindows)
        {
            var expected = 0d;
            for (var at = now - length + 1; at <= now; at++)
            {
                var day = days.LastOrDefault(day => day.Day == at / 24);
                expected += (day?.Expected ?? days[0].Expected) * profile.HourPart(at / 24, at % 24);
            }

            Add(length, length / 24.0, expected, hours.Where(report => report.Hour > now - length && report.Hour <= now).Select(report => new BurstCount(report.Area, report.Count)));
        }
    }

    private void AddLeaky(BurstDay today, double begun)
    {
        var counts = Empty();
        foreach (var (area, sum) in baseline.Leaky)
        {
            counts[area] = sum * settings.Leak;
        }

        var total = baseline.LeakyCount * settings.Leak;
        foreach (var (area, count) in today.Counts)
        {
            total += count;
            if (area >= 0)
            {
                counts[area] += count;
            }
        }

        var length = 1 / (1 - settings.Leak);
        var expected = (baseline.LeakyExpected * settings.Leak) + (today.Expected * begun);
        _windows.Add(new BurstWindow((int)Math.Round(length * 24), length, expected, total, counts, 1 / (1 + settings.Leak)));
    }

    private void Add(int hours, double days, double expected, IEnumerable<BurstCount> reports)
    {
        var (counts, total) = (Empty(), 0d);
        foreach (var (area, count) in reports)
        {
            total += count;
            if (area >= 0)
            {
                counts[area] += count;
            }
        }

        _windows.Add(new BurstWindow(hours, days, expected, total, counts));
    }

    private double[] Empty()
    {
        var counts = ArrayPool<double>.Shared.Rent(ground.Areas.Count);
        Array.Clear(counts);
        return counts;
    }
}
