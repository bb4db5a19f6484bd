using System.Globalization;

namespace CityBrain.Embedded.Tables.Filters;

/// <summary>Writes values as OData literals.</summary>
internal static class FilterText
{
    public static string Of(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return string.Format(CultureInfo.InvariantCulture, filter.Format, [.. filter.GetArguments().Select(Literal)]);
    }

    /// <exception cref="ArgumentException">The value is of no type that a filter knows.</exception>
    public static string Literal(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "L",
        Guid guid => $"guid'{guid}'",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData data => $"X'{Convert.ToHexString(data)}'",
        DateTimeOffset instant => DateTimeLiteral(instant),
        DateTime instant => DateTimeLiteral(instant.ToUniversalTime()),
        string or char or System.Text.StringBuilder => $"'{value.ToString()!.Replace("'", "''", StringComparison.Ordinal)}'",
        sbyte or byte or short or ushort or int or uint or decimal or float or double => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"Unable to convert a value of type {value.GetType()} to an OData literal."),
    };

    private static string DateTimeLiteral(DateTimeOffset instant) => $"datetime'{instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture)}'";
}
