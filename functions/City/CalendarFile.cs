using System.Globalization;

namespace CityBrain.City;

/// <summary>Reads <c>calendar.json</c>.</summary>
internal static class CalendarFile
{
    public static WorkingCalendar Load(string folder, TimeZoneInfo zone)
    {
        var file = new CityFile(folder, "calendar.json");
        var listing = file.Read<Listing>();
        file.Require(!string.IsNullOrWhiteSpace(listing.Version), "version", "is empty; name the edition, for example \"2026-1\".");
        file.Require(listing.RestDays.Distinct().Count() < 7, "restDays", "nobody would ever work; leave at least one day of the week out.");
        file.RequireUnique(listing.Years, y => y.Year.ToString(CultureInfo.InvariantCulture), y => $"year {y.Year}");
        foreach (var year in listing.Years)
        {
            Check(file, year, listing.RestDays);
        }

        return new(new(listing.Version, Hours(file, listing.Hours), listing.RestDays, [.. listing.FixedHolidays.Select(h => Fixed(file, h))], listing.Years), zone);
    }

    private static List<WorkHours> Hours(CityFile file, IReadOnlyList<string> texts)
    {
        List<WorkHours> hours = [];
        foreach (var text in texts)
        {
            var ends = text.Split('-');
            file.Require(ends.Length == 2 && TimeOfDay(ends[0]) is not null && TimeOfDay(ends[1]) is not null, "hours", $"'{text}' is no stretch of hours; write for example \"08:30-12:00\".");
            var (opens, closes) = (TimeOfDay(ends[0])!.Value, TimeOfDay(ends[1])!.Value);
            file.Require(closes > opens && (hours.Count == 0 || opens >= hours[^1].Closes), "hours", $"'{text}' ends before it begins, or begins before the stretch above ends; write them in order.");
            hours.Add(new(opens, closes));
        }

        file.Require(hours.Count > 0, "hours", "the list is empty; write for example [\"08:30-12:00\", \"13:30-18:00\"].");
        return hours;
    }

    private static void Check(CityFile file, CalendarYear year, IReadOnlyList<DayOfWeek> restDays)
    {
        foreach (var holiday in year.Holidays)
        {
            file.Require(
                holiday.From <= holiday.To && holiday.To.DayNumber - holiday.From.DayNumber < 31 && Math.Abs(holiday.From.Year - year.Year) <= 1,
                $"year {year.Year}, holiday '{holiday.Name.En}'",
                $"{holiday.From:yyyy-MM-dd} to {holiday.To:yyyy-MM-dd} is no holiday of that year; write its first and its last day.");
        }

        foreach (var day in year.Workdays)
        {
            file.Require(
                restDays.Contains(day.DayOfWeek) && !year.Holidays.Any(h => h.From <= day && day <= h.To),
                $"year {year.Year}, workday {day:yyyy-MM-dd}",
                $"a make-up workday is a rest day on which people work; {day:yyyy-MM-dd} is a {day.DayOfWeek} or a holiday of the same list.");
        }
    }

    private static FixedHoliday Fixed(CityFile file, FixedEntry entry)
    {
        file.Require(
            DateOnly.TryParseExact("2024-" + entry.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day),
            $"fixedHolidays, '{entry.Name.En}'",
            $"'{entry.Date}' is no day of a year; write month and day, for example \"10-01\".");
        return new(day.Month, day.Day, entry.Name);
    }

    // "24:00" is the end of the day, which TimeOnly cannot hold.
    private static TimeSpan? TimeOfDay(string text) =>
        text == "24:00" ? TimeSpan.FromHours(24)
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan()
        : null;

    private sealed record Listing(
        string Version,
        IReadOnlyList<string> Hours,
        IReadOnlyList<DayOfWeek> RestDays,
        IReadOnlyList<FixedEntry> FixedHolidays,
        IReadOnlyList<CalendarYear> Years);

    private sealed record FixedEntry(string Date, LocalizedName Name);
}
