using System.Globalization;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>A write's stamp, in UTC ticks, is both the timestamp and the ETag of the entity, in the service's form.</summary>
internal static class EntityVersion
{
    private const int Length = 44;
    private const int HourEnd = 13;
    private const int MinuteEnd = 16;

    /// <summary>For example <c>W/"datetime'2026-03-05T08%3A30%3A15.1230000Z'"</c>.</summary>
    public static string ETag(long stamp) => string.Create(Length + 2, stamp, static (text, ticks) =>
    {
        Span<char> instant = stackalloc char[28];
        new DateTime(ticks, DateTimeKind.Utc).TryFormat(instant, out _, "O", CultureInfo.InvariantCulture);
        "W/\"datetime'".CopyTo(text);
        instant[..HourEnd].CopyTo(text[12..]);
        "%3A".CopyTo(text[25..]);
        instant[(HourEnd + 1)..MinuteEnd].CopyTo(text[28..]);
        "%3A".CopyTo(text[30..]);
        instant[(MinuteEnd + 1)..].CopyTo(text[33..]);
        "'\"".CopyTo(text[Length..]);
    });
}
