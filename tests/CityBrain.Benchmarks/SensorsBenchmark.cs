using System.Globalization;
using System.Text.Json;
using CityBrain.EarlyWarning.Sensors;
using CsvHelper;

namespace CityBrain.Benchmarks;

/// <summary>Plays the readings of devices, a file each, and prints anomalies and faults; with labelled windows, how many are hit and how many alarms are outside.</summary>
internal static class SensorsBenchmark
{
    private const string Own = "this project";
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static int Run(string[] args)
    {
        var options = new LanguageOptions(args, ["--input", "--truth", "--output", "--json"], []);
        var truth = options.One("--truth") is { } file ? JsonSerializer.Deserialize<Dictionary<string, string[][]>>(File.ReadAllText(file))! : null;
        var (rows, report) = (new List<string> { "file,kind,onset,end,value,expected,score" }, new Report("sensors"));
        var all = 0;
        var (hit, outside) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
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
            var windows = WindowsOf(name, truth);
            all += windows.Count;
            foreach (var (detector, its) in EarsOnHours.Names.Select(ears => (ears, EarsOnHours.Play(ears, Read(path)))).Prepend((Own, alarms.ConvertAll(alarm => new SensorAlarm(alarm.Onset, alarm.Last)))))
            {
                if (detector != Own)
                {
                    report.Add($"{name}: alarms of {detector}", "episodes", its.Count);
                }

                hit[detector] = hit.GetValueOrDefault(detector) + windows.Count(window => its.Exists(alarm => alarm.From <= window.To && alarm.To >= window.From));
                outside[detector] = outside.GetValueOrDefault(detector) + its.Count(alarm => !windows.Exists(window => alarm.From <= window.To && alarm.To >= window.From));
            }
        }

        if (truth is not null)
        {
            report.Add("labelled windows", "windows", all);
            foreach (var detector in hit.Keys)
            {
                report.Add($"windows hit, {detector}", "windows", hit[detector]);
                report.Add($"alarms outside, {detector}", "episodes", outside[detector]);
            }
        }

        rows.ForEach(Console.WriteLine);
        if (options.One("--output") is { } output)
        {
            File.WriteAllLines(output, rows);
        }

        report.Print(options.One("--json"));
        return 0;
    }

    private static List<SensorAlarm> WindowsOf(string name, Dictionary<string, string[][]>? truth) =>
        truth is not null && (truth.GetValueOrDefault(name) ?? truth.FirstOrDefault(entry => entry.Key.EndsWith("/" + name, StringComparison.Ordinal)).Value) is { } labelled
            ? [.. labelled.Select(window => new SensorAlarm(Time(window[0]), Time(window[1])))]
            : [];

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
