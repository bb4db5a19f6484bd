namespace CityBrain.City;

/// <summary>Stretches of working time in order, as UTC ticks, with the work done before each.</summary>
internal sealed class WorkSpans
{
    private readonly long[] _opens;
    private readonly long[] _closes;
    private readonly long[] _workedBefore;

    private WorkSpans(long[] opens, long[] closes)
    {
        _opens = opens;
        _closes = closes;
        _workedBefore = new long[opens.Length + 1];
        for (var i = 0; i < opens.Length; i++)
        {
            _workedBefore[i + 1] = _workedBefore[i] + closes[i] - opens[i];
        }
    }

    /// <summary>Lays out the working hours of every working day in a range of local days.</summary>
    public static WorkSpans LayOut(DateOnly first, DateOnly last, Func<DateOnly, bool> isWorkday, IReadOnlyList<WorkHours> hours, TimeZoneInfo zone)
    {
        List<long> opens = [], closes = [];
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (!isWorkday(day))
            {
                continue;
            }

            foreach (var span in hours)
            {
                var (open, close) = (UtcTicks(day, span.Opens, zone), UtcTicks(day, span.Closes, zone));
                if (close > open)
                {
                    opens.Add(open);
                    closes.Add(close);
                }
            }
        }

        return new([.. opens], [.. closes]);
    }

    /// <summary>Work done before an instant.</summary>
    public long WorkedBefore(long ticks)
    {
        var i = SpanAtOrBefore(ticks);
        return i < 0 ? 0 : _workedBefore[i] + Math.Min(ticks, _closes[i]) - _opens[i];
    }

    /// <summary>The first instant at which <paramref name="work"/> has been done since <paramref name="start"/>.</summary>
    public long Add(long start, long work)
    {
        if (work == 0)
        {
            return start;
        }

        var target = WorkedBefore(start) + work;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(target, _workedBefore[^1], nameof(work));

        // The last span before which less than the target was done is the one in which the target is reached.
        var found = Array.BinarySearch(_workedBefore, target);
        var span = (found >= 0 ? found : ~found) - 1;
        return _opens[span] + target - _workedBefore[span];
    }

    /// <summary>True within a stretch, its closing instant excluded.</summary>
    public bool IsOpen(long ticks)
    {
        var i = SpanAtOrBefore(ticks);
        return i >= 0 && ticks < _closes[i];
    }

    /// <summary>The instant itself within a stretch, else the next opening.</summary>
    public long NextOpen(long ticks)
    {
        var i = SpanAtOrBefore(ticks);
        if (i >= 0 && ticks < _closes[i])
        {
            return ticks;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(i + 1, _opens.Length, nameof(ticks));
        return _opens[i + 1];
    }

    private int SpanAtOrBefore(long ticks)
    {
        var found = Array.BinarySearch(_opens, ticks);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>
    /// The first instant at which the wall clock has reached a time of a day. Where the clock is put forward over it, that is the change
    /// itself; where it is put back and the time comes twice, the first of the two.
    /// </summary>
    private static long UtcTicks(DateOnly day, TimeSpan timeOfDay, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + timeOfDay;
        while (zone.IsInvalidTime(local))
        {
            local += TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(local.Ticks % TimeSpan.TicksPerMinute);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return local.Ticks - offset.Ticks;
    }
}
