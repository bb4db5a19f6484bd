using System.Globalization;
using System.Text.Json;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>
/// Reads values of the service's types from JSON. Without an annotation a number without a point that fits is an Int32, any other a Double.
/// With one, texts are read as well as numbers, since the JavaScript client sends what its caller gave it.
/// </summary>
internal static class EdmJsonReader
{
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
