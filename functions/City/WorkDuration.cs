using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace CityBrain.City;

/// <summary>
/// A time limit: "3 working days", "1 working hour", "30 working minutes", or round the clock "24 hours", "2 days", "30 minutes".
/// A working day is as long as the calendar's working hours; <see cref="WorkingCalendar"/> gives it a meaning in time.
/// </summary>
/// <param name="Length">The amount; for <see cref="WorkUnit.WorkingDays"/> a day stands for a working day. Never negative.</param>
/// <param name="Unit">What it counts.</param>
[JsonConverter(typeof(WorkDurationConverter))]
public readonly record struct WorkDuration(TimeSpan Length, WorkUnit Unit) : IParsable<WorkDuration>
{
    /// <summary>Longest amount that is accepted from text: ten years of days keeps every deadline within the calendar.</summary>
    private const double MaxDays = 3660;

    /// <summary>True when it runs at night and on holidays too.</summary>
    public bool IsRoundTheClock => Unit == WorkUnit.CalendarTime;

    /// <summary>Working days.</summary>
    public static WorkDuration WorkingDays(double days) => new(TimeSpan.FromDays(days), WorkUnit.WorkingDays);

    /// <summary>Working hours.</summary>
    public static WorkDuration WorkingHours(double hours) => new(TimeSpan.FromHours(hours), WorkUnit.WorkingTime);

    /// <summary>Time round the clock.</summary>
    public static WorkDuration RoundTheClock(TimeSpan length) => new(length, WorkUnit.CalendarTime);

    /// <summary>A share or a multiple of a limit, as the escalation ladder needs.</summary>
    public static WorkDuration operator *(WorkDuration duration, double factor) => duration with { Length = duration.Length * factor };

    /// <inheritdoc cref="op_Multiply"/>
    public static WorkDuration Multiply(WorkDuration duration, double factor) => duration * factor;

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">The text is no time limit.</exception>
    public static WorkDuration Parse(string s) =>
        TryParse(s, null, out var result) ? result : throw new FormatException($"'{s}' is not a time limit; write for example '3 working days', '1 working hour' or '24 hours'.");

    /// <inheritdoc/>
    static WorkDuration IParsable<WorkDuration>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out WorkDuration result)
    {
        result = default;
        var parts = s?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var working = parts.Length == 3 && parts[1] == "working";
        if ((parts.Length != 2 && !working) || !double.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        var ticks = amount * (parts[^1] switch
        {
            "day" or "days" => TimeSpan.TicksPerDay,
            "hour" or "hours" => TimeSpan.TicksPerHour,
            "minute" or "minutes" => TimeSpan.TicksPerMinute,
            _ => double.PositiveInfinity,
        });
        if (!(ticks <= MaxDays * TimeSpan.TicksPerDay))
        {
            return false;
        }

        var unit = !working ? WorkUnit.CalendarTime : parts[^1].StartsWith("day", StringComparison.Ordinal) ? WorkUnit.WorkingDays : WorkUnit.WorkingTime;
        result = new(TimeSpan.FromTicks((long)Math.Round(ticks)), unit);
        return true;
    }

    /// <summary>The text form that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        var (amount, unit) = Unit == WorkUnit.WorkingDays || (Unit == WorkUnit.CalendarTime && Length > TimeSpan.FromHours(24) && Length.Ticks % TimeSpan.TicksPerDay == 0) ? (Length.TotalDays, "day")
            : Length.Ticks % TimeSpan.TicksPerHour == 0 ? (Length.TotalHours, "hour")
            : (Length.TotalMinutes, "minute");
        return string.Create(CultureInfo.InvariantCulture, $"{amount:0.######} {(IsRoundTheClock ? "" : "working ")}{unit}{(amount == 1 ? "" : "s")}");
    }
}
