using System.Globalization;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>A write's stamp, in UTC ticks, is both the timestamp and the ETag of the entity, in the service's form.</summary>
internal static class EntityVersion
{
    public static DateTimeOffset Timestamp(long stamp) => new(stamp, TimeSpan.Zero);

    public static string ETag(long stamp) => string.Create(CultureInfo.InvariantCulture, $"W/\"datetime'{Timestamp(stamp):yyyy-MM-ddTHH}%3A{Timestamp(stamp):mm}%3A{Timestamp(stamp):ss.fffffff}Z'\"");
}
