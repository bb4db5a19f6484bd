using System.Globalization;
using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Notifications;

/// <summary>
/// Keeps notices: a partition for each channel and day of the city's calendar, newest first. Writing the same notice again changes nothing.
/// </summary>
public sealed class NoticeStore(CityTables tables, CityModel city, TimeProvider clock)
{
    /// <summary>Days back that are looked through.</summary>
    public const int Days = 14;

    private const string Data = "Data";

    /// <summary>Stores a notice, once.</summary>
    public Task WriteAsync(Notice notice, CancellationToken cancellationToken) =>
        tables.Notices.UpsertEntityAsync(
            new TableEntity(Partition(notice.Channel, DayOf(notice.At)), RowOf(notice)) { [Data] = CityJson.Write(notice) },
            TableUpdateMode.Replace,
            cancellationToken);

    /// <summary>The newest notices of a channel, newest first; none that are older than <see cref="Days"/>.</summary>
    public async Task<IReadOnlyList<Notice>> NewestAsync(string channel, int count, CancellationToken cancellationToken)
    {
        var newest = new List<Notice>(count);
        var today = DayOf(clock.GetUtcNow());
        for (var back = 0; back < Days && newest.Count < count; back++)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(channel, today.AddDays(-back))}");
            await foreach (var row in tables.Notices.QueryAsync<TableEntity>(filter, maxPerPage: count, cancellationToken: cancellationToken))
            {
                newest.Add(CityJson.Read<Notice>(row.GetString(Data)));
                if (newest.Count == count)
                {
                    break;
                }
            }
        }

        return newest;
    }

    private DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, city.TimeZone).DateTime);

    private static string Partition(string channel, DateOnly day) => $"{channel}|{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    private static string RowOf(Notice notice)
    {
        var newestFirst = (DateTimeOffset.MaxValue.UtcTicks - notice.At.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);
        return $"{newestFirst}|{notice.CaseId}|{notice.Version:D6}|{notice.Kind}";
    }
}
