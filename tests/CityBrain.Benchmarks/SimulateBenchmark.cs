using System.Globalization;

namespace CityBrain.Benchmarks;

/// <summary>Writes simulated reports as detect reads them, and a file of the troubles in them.</summary>
internal static class SimulateBenchmark
{
    public static int Run(string[] args)
    {
        var options = new LanguageOptions(args, ["--output", "--truth", "--seed", "--series", "--mean", "--troubles", "--days"], []);
        var seed = Whole("--seed", "1");
        var mean = double.Parse(options.One("--mean") ?? "0.1", CultureInfo.InvariantCulture);
        var ground = DetectReport.Ground();
        using var rows = new StreamWriter(options.Needed("--output"));
        using var truth = new StreamWriter(options.Needed("--truth"));
        rows.WriteLine("series,area,lat,lon,time,count");
        truth.WriteLine("series,kind,start,end,areas");
        for (var series = 0; series < Whole("--series", "1"); series++)
        {
            var subject = SimulatedReports.Make((seed * 10007) + series, mean, Whole("--troubles", "20"), Whole("--days", "0"));
            foreach (var bucket in DetectReport.Buckets($"s{series:000}", subject))
            {
                foreach (var (index, count) in bucket.Counts)
                {
                    var area = ground.Areas[index];
                    rows.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bucket.Series},{area.Id},{area.Lat:0.#####},{area.Lon:0.#####},{bucket.Time:yyyy-MM-dd},{count}"));
                }
            }

            foreach (var trouble in subject.Troubles)
            {
                truth.WriteLine($"s{series:000},{trouble.Kind},{Day(trouble.Start)},{Day(trouble.Start + trouble.Days - 1)},{(trouble.Areas.Count == 0 ? "city" : string.Join(';', trouble.Areas.Select(DetectReport.Name)))}");
            }
        }

        return 0;

        int Whole(string name, string otherwise) => int.Parse(options.One(name) ?? otherwise, CultureInfo.InvariantCulture);
    }

    private static string Day(int day) => new DateOnly(2024, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
