using System.Globalization;

namespace CityBrain.Embedded.Functions.Timers;

/// <summary>When a timer function runs, in UTC.</summary>
internal abstract class TimerSchedule
{
    /// <summary>
    /// Reads a schedule as Azure Functions does: an NCRONTAB expression of six fields (of five, without seconds), or a time span such as
    /// <c>00:30:00</c>, which is the pause from one occurrence to the next.
    /// </summary>
    /// <exception cref="FormatException">It is neither; the sentence says what to write.</exception>
    public static TimerSchedule Parse(string expression)
    {
        if (expression.Contains(' ', StringComparison.Ordinal))
        {
            return CronSchedule.Parse(expression);
        }

        return TimeSpan.TryParse(expression, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? new ConstantSchedule(interval)
            : throw new FormatException($"'{expression}' is no schedule; write six NCRONTAB fields such as '0 */5 * * * *', or a time span such as '00:30:00'.");
    }

    /// <summary>The first occurrence after <paramref name="instant"/>.</summary>
    public abstract DateTime Next(DateTime instant);

    /// <summary>True when it comes more than once in the minute after <paramref name="instant"/>; such a schedule is not worth monitoring.</summary>
    public bool IsBelowOneMinute(DateTime instant) => Next(Next(instant)) < instant + TimeSpan.FromMinutes(1);
}
