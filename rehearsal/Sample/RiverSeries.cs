using System.Globalization;
using CsvHelper;

namespace CityBrain.Rehearsal.Sample;

/// <summary>Reads the river and rain series that <c>series.csv</c> gives to the devices.</summary>
internal static class RiverSeries
{
    /// <summary>All readings of all devices, in order of time. A row without a value is a gap.</summary>
    public static IReadOnlyList<DeviceReading> Read(string folder)
    {
        List<DeviceReading> readings = [];
        using var series = CsvReader.FromFile(Path.Combine(folder, "series.csv"));
        while (series.Read())
        {
            ReadOne(Path.Combine(folder, series.GetString("file")), series.GetString("device"), series.GetString("measure"), readings);
        }

        return [.. readings.OrderBy(reading => reading.Time).ThenBy(reading => reading.Device, StringComparer.Ordinal)];
    }

    private static void ReadOne(string path, string device, string measure, List<DeviceReading> readings)
    {
        using var reader = CsvReader.FromFile(path);
        while (reader.Read())
        {
            if (double.TryParse(reader.GetString("value"), CultureInfo.InvariantCulture, out var value))
            {
                var time = DateTimeOffset.Parse(reader.GetString("dateTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                readings.Add(new DeviceReading(device, measure, time, value));
            }
        }
    }
}
