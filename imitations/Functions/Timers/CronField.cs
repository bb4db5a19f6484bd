using System.Globalization;
using System.Numerics;

namespace CityBrain.Embedded.Functions.Timers;

/// <summary>
/// The values of one NCRONTAB field: <c>*</c>, <c>5</c>, <c>1-5</c>, <c>*/10</c>, <c>3-30/5</c>, <c>4/2</c> (from 4 on), names of months
/// and days or their beginnings, and lists of these. As in NCrontab a range that runs backwards is turned round, and Sunday is 0 alone.
/// </summary>
internal readonly struct CronField
{
    private static readonly (int Lowest, int Highest)[] Limits = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12];
    private static readonly string[] Days = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;

    private readonly ulong _values;

    private CronField(ulong values) => _values = values;

    /// <summary>The smallest value.</summary>
    public int First => BitOperations.TrailingZeroCount(_values);

    /// <exception cref="FormatException">The text is no such field; the sentence says what may be written.</exception>
    public static CronField Parse(CronFieldKind kind, string text)
    {
        var values = 0UL;
        foreach (var item in text.Split(','))
        {
            values |= ParseItem(kind, item);
        }

        return new CronField(values);
    }

    public bool Contains(int value) => (_values >> value & 1) != 0;

    /// <summary>The smallest value that is not below <paramref name="value"/>.</summary>
    public int? AtOrAfter(int value)
    {
        var rest = value > 63 ? 0 : _values >> value << value;
        return rest == 0 ? null : BitOperations.TrailingZeroCount(rest);
    }

    private static ulong ParseItem(CronFieldKind kind, string item)
    {
        var (lowest, highest) = Limits[(int)kind];
        var parts = item.Split('/');
        var step = parts.Length switch
        {
            1 => 1,
            2 when int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) => Math.Max(1, number),
            _ => throw Wrong(kind, item),
        };
        var (first, last) = Range(kind, item, parts[0], stepped: parts.Length == 2);
        var values = 0UL;
        for (var value = Math.Min(first, last); value <= Math.Max(first, last); value += step)
        {
            values |= value >= lowest && value <= highest ? 1UL << value : throw Wrong(kind, item);
        }

        return values;
    }

    private static (int First, int Last) Range(CronFieldKind kind, string item, string text, bool stepped)
    {
        var (lowest, highest) = Limits[(int)kind];
        if (text == "*")
        {
            return (lowest, highest);
        }

        var ends = text.Split('-');
        var first = Value(kind, item, ends[0]);
        return ends.Length switch
        {
            1 => (first, stepped ? highest : first),
            2 => (first, Value(kind, item, ends[1])),
            _ => throw Wrong(kind, item),
        };
    }

    private static int Value(CronFieldKind kind, string item, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var (names, offset) = kind switch
        {
            CronFieldKind.Month => (Months, 1),
            CronFieldKind.DayOfWeek => (Days, 0),
            _ => ([], 0),
        };
        var index = text.Length == 0 ? -1 : Array.FindIndex(names, name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index + offset : throw Wrong(kind, item);
    }

    private static FormatException Wrong(CronFieldKind kind, string item)
    {
        var (lowest, highest) = Limits[(int)kind];
        return new FormatException($"'{item}' is no value of the field {kind}; write numbers from {lowest} to {highest}, '*', a range 'a-b', a step '*/n', or a list of these.");
    }
}
