using System.Globalization;
using NCrontab;

namespace CityBrain.Embedded.Functions.Timers;

/// <summary>When a timer function runs.</summary>
internal abstract class TimerSchedule
{
    /// <summary>
    /// Reads a schedule as Azure Functions does: an NCRONTAB expression of six fields (of five, without seconds), or a time span such as
    /// <c>00:30:00</c>, which is the pause from one occurrence to the next.
    /// </summary>
    /// <param name="expression">The schedule.</param>
    /// <param name="zone">Time zone of an expression.</param>
    /// <exception cref="FormatException">It is neither; the sentence says what to write.</exception>
    public static TimerSchedule Parse(string expression, TimeZoneInfo zone)
    {
        if (TimeSpan.TryParse(expression, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
        {
            return new Interval(interval);
        }

        var hasSeconds = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6;
        return CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds }) is { } cron
            ? new Cron(cron, zone)
            : throw new FormatException($"'{expression}' is no schedule; write six NCRONTAB fields such as '0 */5 * * * *', or a time span such as '00:30:00'.");
    }

    /// <summary>The first occurrence after an instant; both UTC.</summary>
    public abstract DateTime Next(DateTime instant);

    /// <summary>True when it comes more than once in the minute after <paramref name="instant"/>; such a schedule is not worth monitoring.</summary>
    public bool IsBelowOneMinute(DateTime instant) => Next(Next(instant)) < instant + TimeSpan.FromMinutes(1);

    private sealed class Interval(TimeSpan interval) : TimerSchedule
    {
        public override DateTime Next(DateTime instant) => instant + interval;
    }

    /// <summary>By the wall clock of a zone: what falls into the hour that spring leaves out comes right after it, what autumn shows twice comes once.</summary>
    private sealed class Cron(CrontabSchedule schedule, TimeZoneInfo zone) : TimerSchedule
    {
        public override DateTime Next(DateTime instant)
        {
            var wall = TimeZoneInfo.ConvertTimeFromUtc(instant, zone);
            while (true)
            {
                wall = schedule.GetNextOccurrence(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified));
                if (ToUtc(wall) is var next && next > instant)
                {
                    return next;
                }
            }
        }

        private DateTime ToUtc(DateTime wall)
        {
            while (zone.IsInvalidTime(wall))
            {
                wall = wall.AddMinutes(1).AddTicks(-(wall.Ticks % TimeSpan.TicksPerMinute));
            }

            return TimeZoneInfo.ConvertTimeToUtc(wall, zone);
        }
    }
}
