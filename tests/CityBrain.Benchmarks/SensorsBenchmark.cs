using System.Globalization;
using System.Text.Json;
using CityBrain.EarlyWarning.Sensors;
using CsvHelper;

namespace CityBrain.Benchmarks;

/// <summary>Plays the readings of devices, a file each, and prints anomalies and faults; with labelled windows, how many are hit and how many alarms are outside.</summary>
internal static class SensorsBenchmark
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static int Run(string[] args)
    {
        var options = new LanguageOptions(args, ["--input", "--truth", "--output", "--json"], []);
        var truth = options.One("--truth") is { } file ? JsonSerializer.Deserialize<Dictionary<string, string[][]>>(File.ReadAllText(file))! : null;
        var (rows, report) = (new List<string> { "file,kind,onset,end,value,expected,score" }, new Report("sensors"));
        var (all, hit, outside) = (0, 0, 0);
        if (!options.Has("--input"))
        {
            throw new ArgumentException("--input is needed.");
        }

        foreach (var path in options.All("--input"))
        {
            var (name, found) = (Path.GetFileName(path), Play(path));
            rows.AddRange(found.Select(finding => string.Create(CultureInfo.InvariantCulture, $"{name},{finding.Kind},{finding.Onset:yyyy-MM-ddTHH:mm:ss},{finding.Last:yyyy-MM-ddTHH:mm:ss},{finding.Value:0.###},{finding.Expected:0.###},{finding.Score:0.0}")));
            var alarms = found.Where(finding => !finding.IsFault).ToList();
            report.Add($"{name}: alarms", "episodes", alarms.Count);
            report.Add($"{name}: faults", "episodes", found.Count - alarms.Count);
            if (truth is not null && (truth.GetValueOrDefault(name) ?? truth.FirstOrDefault(entry => entry.Key.EndsWith("/" + name, StringComparison.Ordinal)).Value) is { } labelled)
            {
                var windows = labelled.Select(window => (From: Time(window[0]), To: Time(window[1]))).ToList();
                all += windows.Count;
                hit += windows.Count(window => alarms.Any(alarm => alarm.Onset <= window.To && alarm.Last >= window.From));
                outside += alarms.Count(alarm => !windows.Any(window => alarm.Onset <= window.To && alarm.Last >= window.From));
            }
        }

        if (truth is not null)
        {
            report.Add("labelled windows", "windows", all);
            report.Add("windows hit", "windows", hit);
            report.Add("alarms outside", "episodes", outside);
        }

        rows.ForEach(Console.WriteLine);
        if (options.One("--output") is { } output)
        {
            File.WriteAllLines(output, rows);
        }

        report.Print(options.One("--json"));
        return 0;
    }

    private static List<SensorFinding> Play(string path)
    {
        var watch = new SensorWatch(new SensorSettings());
        var found = new Dictionary<(SensorFindingKind, DateTimeOffset), SensorFinding>();
        foreach (var (at, value) in Read(path).OrderBy(reading => reading.At))
        {
            foreach (var finding in watch.Read(at, value))
            {
                found[(finding.Kind, finding.Onset)] = finding;
            }
        }

        return [.. found.Values.OrderBy(finding => finding.Onset)];
    }

    private static List<(DateTimeOffset At, double Value)> Read(string path)
    {
        var header = File.ReadLines(path).FirstOrDefault("");
        var column = header.Contains("dateTime", StringComparison.Ordinal) ? "dateTime" : header.Contains("timestamp", StringComparison.Ordinal) ? "timestamp"
            : throw new InvalidDataException($"{path} should have a column 'dateTime' or 'timestamp', and 'value'.");
        using var csv = CsvReader.FromFile(path);
        var readings = new List<(DateTimeOffset, double)>();
        while (csv.Read())
        {
            if (double.TryParse(csv.GetString("value"), CultureInfo.InvariantCulture, out var value))
            {
                readings.Add((Time(csv.GetString(column)), value));
            }
        }

        return readings;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, Utc);
}
