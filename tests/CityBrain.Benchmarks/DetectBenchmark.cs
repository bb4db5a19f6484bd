using System.Diagnostics;
using System.Globalization;
using CityBrain.EarlyWarning.Bursts;
using CsvHelper;

namespace CityBrain.Benchmarks;

/// <summary>Reads counts of reports by series, area and day or hour, and writes the alarms that would have been raised, each as it was known then.</summary>
internal static class DetectBenchmark
{
    public static int Run(string[] args)
    {
        var options = new LanguageOptions(args, ["--input", "--output", "--budget", "--json"], []);
        var budget = double.TryParse(options.One("--budget") ?? "1", CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1e6
            ? number
            : throw new ArgumentException("--budget takes the false episodes in 30 days, over all series together; above 0.");
        var rows = Read(options.Needed("--input"));
        if (rows.Count == 0)
        {
            throw new InvalidDataException("The input has no rows.");
        }

        var ground = new BurstGround(rows.Where(row => row.Lat is not null && row.Lon is not null && row.Area.Length > 0).DistinctBy(row => row.Area)
            .Select(row => new BurstArea(row.Area, row.Lat!.Value, row.Lon!.Value)));
        var isHourly = rows.Any(row => row.Time.TimeOfDay != TimeSpan.Zero);
        var buckets = rows.GroupBy(row => (row.Series, row.Time)).Select(bucket => new DetectBucket(bucket.Key.Time, bucket.Key.Series,
            [.. bucket.GroupBy(row => ground.IndexOf(row.Area)).Select(area => new BurstCount(area.Key, area.Sum(row => row.Count)))])).ToList();

        var started = Stopwatch.GetTimestamp();
        var episodes = DetectStream.Play(buckets, ground, isHourly, budget);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Write(options.Needed("--output"), episodes, isHourly);

        var report = new Report("detect");
        report.Add("series", "series", rows.Select(row => row.Series).Distinct().Count());
        report.Add("areas", "areas", ground.Areas.Count);
        report.Add("zones", "zones", ground.ZoneCount);
        report.Add("episodes", "episodes", episodes.Count);
        report.Add("took", "s", seconds);
        report.Print(options.One("--json"));
        return 0;
    }

    private static List<Row> Read(string path)
    {
        using var csv = CsvReader.FromFile(path);
        var rows = new List<Row>();
        while (csv.Read())
        {
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            var (at, number) = (csv.GetString("time"), csv.GetString("count"));
            if (!DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, Utc, out var time) || !double.TryParse(number, CultureInfo.InvariantCulture, out var count))
            {
                throw new InvalidDataException($"Row {rows.Count + 2}: '{at}' and '{number}' should be a time and a count.");
            }

            rows.Add(new Row(csv.GetString("series"), csv.GetString("area"), Degrees(csv.GetString("lat")), Degrees(csv.GetString("lon")), time, count));
        }

        return rows;
    }

    private static double? Degrees(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;

    private static void Write(string path, List<(string Series, BurstEpisode Onset, DateTimeOffset? End)> episodes, bool isHourly)
    {
        using var csv = new StreamWriter(path);
        csv.WriteLine("series,area-or-zone,onset,end,score,p");
        var format = isHourly ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-dd";
        foreach (var (series, onset, end) in episodes.OrderBy(episode => episode.Onset.Onset).ThenBy(episode => episode.Onset.Id, StringComparer.Ordinal))
        {
            var place = onset.Areas.Count == 0 ? "city" : string.Join(';', onset.Areas);
            var (from, to) = (onset.Onset.ToString(format, CultureInfo.InvariantCulture), end?.ToString(format, CultureInfo.InvariantCulture));
            csv.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Quoted(series)},{Quoted(place)},{from},{to},{onset.Score:0.00},{onset.P:0.0e+0}"));
        }
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(',', '"', '\n') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed record Row(string Series, string Area, double? Lat, double? Lon, DateTimeOffset Time, double Count);
}
