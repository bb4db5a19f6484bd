using System.Globalization;
using System.Text.Json;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Values of the service's types as JSON, as documented under "Payload format for Table service operations".</summary>
internal static class EdmJson
{
    private const int LongestNumber = 40;

    /// <summary>Reads the value on which the reader stands; false when it is none of the type.</summary>
    /// <param name="reader">Stands on the value.</param>
    /// <param name="type">The annotated type; null for none.</param>
    /// <param name="value">The value.</param>
    public static bool TryRead(ref Utf8JsonReader reader, string? type, out EdmValue value)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return TryReadText(ref reader, type, out value);
            case JsonTokenType.Number:
                return TryReadNumber(ref reader, type, out value);
            case JsonTokenType.True or JsonTokenType.False:
                value = EdmValue.Of(reader.TokenType == JsonTokenType.True);
                return type is null or "Edm.Boolean";
            default:
                value = default;
                return false;
        }
    }

    /// <summary>
    /// Writes a value under its name. With annotations, a finite double has none but always a point or an exponent: the .NET client takes
    /// every annotated number for a text, and a number without a point for an Int32.
    /// </summary>
    public static void Write(Utf8JsonWriter json, EdmProperty property, bool annotate)
    {
        var (name, value) = (property.Name, property.Value);
        if (annotate && TypeName(value) is { IsEmpty: false } type)
        {
            Annotate(json, name, type);
        }

        switch (value.Type)
        {
            case EdmType.String:
                json.WriteString(name, value.AsString());
                break;
            case EdmType.Boolean:
                json.WriteBoolean(name, value.AsBoolean());
                break;
            case EdmType.Int32:
                json.WriteNumber(name, value.AsInt32());
                break;
            case EdmType.Int64:
                Span<byte> digits = stackalloc byte[LongestNumber];
                value.AsInt64().TryFormat(digits, out var count, default, CultureInfo.InvariantCulture);
                json.WriteString(name, digits[..count]);
                break;
            case EdmType.Double:
                WriteDouble(json, name, value.AsDouble());
                break;
            case EdmType.DateTime:
                WriteInstant(json, name, value.AsDateTimeOffset().UtcTicks);
                break;
            case EdmType.Guid:
                json.WriteString(name, value.AsGuid());
                break;
            default:
                json.WriteBase64String(name, value.AsBinary());
                break;
        }
    }

    /// <summary>Writes UTC ticks with all seven digits of the second's fraction.</summary>
    public static void WriteInstant(Utf8JsonWriter json, ReadOnlySpan<char> name, long ticks)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        new DateTime(ticks, DateTimeKind.Utc).TryFormat(text, out var count, "O", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..count]);
    }

    public static void Annotate(Utf8JsonWriter json, ReadOnlySpan<char> name, ReadOnlySpan<byte> type)
    {
        const string Suffix = "@odata.type";
        Span<char> annotation = name.Length > 256 ? new char[name.Length + Suffix.Length] : stackalloc char[256 + Suffix.Length];
        name.CopyTo(annotation);
        Suffix.CopyTo(annotation[name.Length..]);
        json.WriteString(annotation[..(name.Length + Suffix.Length)], type);
    }

    /// <summary>Empty for a type that JSON shows by itself.</summary>
    private static ReadOnlySpan<byte> TypeName(EdmValue value) => value.Type switch
    {
        EdmType.Int64 => "Edm.Int64"u8,
        EdmType.DateTime => "Edm.DateTime"u8,
        EdmType.Guid => "Edm.Guid"u8,
        EdmType.Binary => "Edm.Binary"u8,
        EdmType.Double when !double.IsFinite(value.AsDouble()) => "Edm.Double"u8,
        _ => default,
    };

    private static void WriteDouble(Utf8JsonWriter json, string name, double number)
    {
        if (!double.IsFinite(number))
        {
            json.WriteString(name, double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
            return;
        }

        Span<byte> text = stackalloc byte[LongestNumber];
        number.TryFormat(text, out var count, "R", CultureInfo.InvariantCulture);
        if (text[..count].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            ".0"u8.CopyTo(text[count..]);
            count += 2;
        }

        json.WritePropertyName(name);
        json.WriteRawValue(text[..count], skipInputValidation: true);
    }

    private static bool TryReadText(ref Utf8JsonReader reader, string? type, out EdmValue value)
    {
        value = default;
        switch (type)
        {
            case null or "Edm.String":
                value = EdmValue.Of(reader.GetString()!);
                return true;
            case "Edm.DateTime":
                return TryInstant(ref reader, out value);
            case "Edm.Guid":
                var isGuid = Guid.TryParse(reader.GetString(), out var guid);
                value = EdmValue.Of(guid);
                return isGuid;
            case "Edm.Binary":
                var isBinary = reader.TryGetBytesFromBase64(out var bytes);
                value = EdmValue.Of(bytes ?? []);
                return isBinary;
            case "Edm.Int64":
                var isLong = long.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big);
                value = EdmValue.Of(big);
                return isLong;
            case "Edm.Int32":
                var isInt = int.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small);
                value = EdmValue.Of(small);
                return isInt;
            case "Edm.Boolean":
                var isFlag = bool.TryParse(reader.GetString(), out var flag);
                value = EdmValue.Of(flag);
                return isFlag;
            case "Edm.Double":
                return TryDouble(reader.GetString()!, out value);
            default:
                return false;
        }
    }

    private static bool TryReadNumber(ref Utf8JsonReader reader, string? type, out EdmValue value)
    {
        var isWhole = reader.TryGetInt32(out var small);
        switch (type)
        {
            case null when isWhole:
            case "Edm.Int32":
                value = EdmValue.Of(small);
                return isWhole;
            case "Edm.Int64":
                var isLong = reader.TryGetInt64(out var big);
                value = EdmValue.Of(big);
                return isLong;
            case null or "Edm.Double":
                var isDouble = reader.TryGetDouble(out var number);
                value = EdmValue.Of(number);
                return isDouble;
            default:
                value = default;
                return false;
        }
    }

    /// <summary>An instant without an offset is one in UTC.</summary>
    private static bool TryInstant(ref Utf8JsonReader reader, out EdmValue value)
    {
        if (reader.TryGetDateTime(out var instant))
        {
            value = EdmValue.Of(new DateTimeOffset(instant.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(instant, DateTimeKind.Utc) : instant.ToUniversalTime()));
            return true;
        }

        var known = DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other);
        value = EdmValue.Of(other);
        return known;
    }

    private static bool TryDouble(string text, out EdmValue value)
    {
        var number = text switch
        {
            "Infinity" or "INF" => double.PositiveInfinity,
            "-Infinity" or "-INF" => double.NegativeInfinity,
            "NaN" => double.NaN,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var finite) ? finite : (double?)null,
        };
        value = EdmValue.Of(number.GetValueOrDefault());
        return number is not null;
    }
}
