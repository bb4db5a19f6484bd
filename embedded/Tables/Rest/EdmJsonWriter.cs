using System.Globalization;
using System.Text.Json;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Writes values of the service's types as JSON, as documented under "Payload format for Table service operations".</summary>
internal static class EdmJsonWriter
{
    private const int LongestNumber = 40;

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
}
