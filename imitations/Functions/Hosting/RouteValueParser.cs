using System.Globalization;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>Reads route values, which are text, as the simple types that a function may declare. Culture never matters.</summary>
internal static class RouteValueParser
{
    /// <summary>A parser that gives null for text it cannot read; null itself when the type is not a simple one.</summary>
    public static Func<string, object?>? For(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            return text => Enum.TryParse(type, text, ignoreCase: true, out var value) && Enum.IsDefined(type, value) ? value : null;
        }

        return type switch
        {
            _ when type == typeof(string) => static text => text,
            _ when type == typeof(bool) => static text => bool.TryParse(text, out var value) ? value : null,
            _ when type == typeof(Guid) => Parse<Guid>,
            _ when type == typeof(int) => Parse<int>,
            _ when type == typeof(long) => Parse<long>,
            _ when type == typeof(double) => Parse<double>,
            _ when type == typeof(decimal) => Parse<decimal>,
            _ when type == typeof(DateTime) => Parse<DateTime>,
            _ when type == typeof(DateTimeOffset) => Parse<DateTimeOffset>,
            _ when type == typeof(DateOnly) => Parse<DateOnly>,
            _ => null,
        };
    }

    private static object? Parse<T>(string text)
        where T : struct, IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
}
