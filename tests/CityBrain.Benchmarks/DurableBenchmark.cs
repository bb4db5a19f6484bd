namespace CityBrain.Benchmarks;

/// <summary>Orchestrations of ten activities a second, durable on disk, in host and app as they run; the baselines write the 21 rows that one cannot do without, and run the official Azure Storage engine on Azurite.</summary>
internal static class DurableBenchmark
{
    private const int Activities = 10;
    private const int OfficialCount = 100;
    private const int RowsOfOne = 1 + (2 * Activities);

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var (count, concurrency) = (options.Count ?? 4000, options.Concurrency ?? 256);
        using var bare = new BareWrites();
        await using var app = await BenchmarkApp.StartTestAppAsync();
        using var budget = app.NewBudget();
        var client = app.Durable;
        var (baseline, candidate) = (new List<double>(), new List<double>());
        for (var round = 0; round < options.Rounds; round++)
        {
            var bareRate = await Measure.RateAsync(count, concurrency, async _ =>
            {
                for (var row = 0; row < RowsOfOne; row++)
                {
                    await bare.WriteAsync("{\"step\":1}");
                }
            });
            budget.Begin();
            var rate = await Measure.RateAsync(count, concurrency, async _ =>
            {
                var id = await client.ScheduleNewOrchestrationInstanceAsync("Sequence", Activities);
                var done = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
                if (done.ReadOutputAs<int>() != Activities)
                {
                    throw new InvalidOperationException($"Orchestration {id} gave {done.SerializedOutput}.");
                }
            });
            if (round > 0 || options.Rounds == 1)
            {
                baseline.Add(bareRate);
                candidate.Add(rate);
            }
        }

        var report = new Report("durable");
        budget.AddTo(report, count, "an orchestration");
        var official = await OfficialRateAsync(Math.Min(count, OfficialCount), concurrency);
        report.AddRate("orchestrations of 10 activities", "1/s", candidate);
        report.AddRate($"baseline: {RowsOfOne} bare rows, one after another", "1/s", baseline);
        report.Add("ratio", "of the baseline", report["orchestrations of 10 activities"] / report[$"baseline: {RowsOfOne} bare rows, one after another"]);
        report.Add("baseline: official Azure Storage engine on Azurite", "1/s", official);
        report.Add("ratio to that", "of the baseline", report["orchestrations of 10 activities"] / official);
        report.Add("peak memory", "MiB", BenchmarkApp.PeakMemoryMiB);
        report.Print(options.Json);
        return 0;
    }

    /// <summary>Orchestrations a second of the official engine, after some to warm up.</summary>
    private static async Task<double> OfficialRateAsync(int count, int concurrency)
    {
        await using var engine = await AzureStorageEngine.StartAsync();
        await Measure.RateAsync(count / 5, concurrency, _ => engine.RunOneAsync());
        return await Measure.RateAsync(count, concurrency, _ => engine.RunOneAsync());
    }
}
