using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CityBrain.Supervision;

/// <summary>A month of the city's calendar, written <c>2024-09</c>.</summary>
/// <param name="Year">2010 to 2059, as far as the working calendar goes.</param>
/// <param name="Number">1 to 12.</param>
[JsonConverter(typeof(MonthConverter))]
public readonly record struct Month(int Year, int Number)
{
    private const string Format = "yyyy-MM";

    /// <summary>Its first day.</summary>
    public DateOnly FirstDay => new(Year, Number, 1);

    /// <summary>The month in which an instant lies by the city's clock.</summary>
    public static Month Of(DateTimeOffset instant, TimeZoneInfo zone) => Of(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime));

    /// <summary>The month of a day.</summary>
    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>So many months later; earlier when negative.</summary>
    public Month Plus(int months) => Of(FirstDay.AddMonths(months));

    /// <summary>Reads <c>2024-09</c>.</summary>
    public static bool TryParse(string? text, out Month month)
    {
        var good = DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2010 and <= 2059;
        month = good ? Of(day) : default;
        return good;
    }

    /// <inheritdoc/>
    public override string ToString() => FirstDay.ToString(Format, CultureInfo.InvariantCulture);

    private sealed class MonthConverter : JsonConverter<Month>
    {
        public override Month Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && TryParse(reader.GetString(), out var month) ? month : throw new JsonException("A month is written as \"2024-09\".");

        public override void Write(Utf8JsonWriter writer, Month value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
