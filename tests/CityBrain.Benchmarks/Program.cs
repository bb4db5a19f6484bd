using CityBrain.Benchmarks;

return await (args.FirstOrDefault() switch
{
    "intake" => IntakeBenchmark.RunAsync(BenchmarkOptions.Parse(args)),
    "lifecycle" => LifecycleBenchmark.RunAsync(BenchmarkOptions.Parse(args)),
    "durable" => DurableBenchmark.RunAsync(BenchmarkOptions.Parse(args)),
    "classify" or "duplicates" or "replies" or "cluster" or "cluster-report" or "hot-issues"
        or "detect" or "detect-report" or "simulate" or "sensors" => Task.FromResult(OnFiles(args)),
    _ => Help(),
});

static int OnFiles(string[] args)
{
    try
    {
        return args[0] switch
        {
            "classify" => ClassifyBenchmark.Run(args),
            "duplicates" => DuplicatesBenchmark.Run(args),
            "cluster" => ClusterBenchmark.Run(args),
            "cluster-report" => ClusterReport.Run(args),
            "detect" => DetectBenchmark.Run(args),
            "detect-report" => DetectReport.Run(args),
            "simulate" => SimulateBenchmark.Run(args),
            "hot-issues" => HotIssuesBenchmark.Run(args),
            "sensors" => SensorsBenchmark.Run(args),
            _ => RepliesBenchmark.Run(args),
        };
    }
    catch (Exception error) when (error is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(error.Message);
        return 2;
    }
}

static Task<int> Help()
{
    Console.WriteLine(
        """
        dotnet run -c Release --project tests/CityBrain.Benchmarks -- VERB [--count N] [--concurrency N] [--rounds N] [--json FILE]

          intake      POST /api/appeals against a bare Kestrel endpoint that inserts one row into the same store set-up
          lifecycle   whole lives (file, triage, dispatch, accept, arrive, reply, feedback, closed) against the bare row writes of one
          durable     orchestrations of ten activities against the bare row writes of one

          classify    --train FILE... [--test FILE --output FILE]: trains on JSON lines (title, text, label, or words, label) and writes a
                      prediction a line for the test file; without one, five-fold cross-validation
          duplicates  --input FILE --output FILE [--fields title,text] [--exact]: all pairs of JSON lines (id, title, text) whose sets of
                      character 3-grams have a Jaccard similarity of 0.8 or more, a pair a line. Compared are the fields one after the
                      other without a separator, white space removed, nothing else changed; --exact compares all with all as well
          replies     --input FILE --output FILE: a score a line for JSON lines (id, title, text, reply; user and time if known), and how
                      well it tells true replies from shuffled ones
          cluster     --input FILE --output FILE [--labels arrival|final] [--repeat N]: gathers JSON lines (Id, textCleaned; or id, title,
                      text; time if known) into topics in order of arrival and writes id, tab, topic; --repeat plays the stream N times, each time
                      with new words
          cluster-report  --input FILE --output FILE: how well the topics that cluster wrote agree with clusterNo of the input
          hot-issues  --input FILE [--top 10] [--output FILE]: plays JSON lines (id, title, text, time, user; likes and dislikes if known)
                      through topics in the order of their times, and prints the hottest issues with the parts of their index, periods,
                      place, phrases and members, and the day each first warned against the day its 5th and 10th reporter wrote

          detect      --input FILE --output FILE [--budget N]: reads CSV (series, area, lat, lon, time, count; days or hours) and writes the alarms as
                      they would have been raised, with at most N false episodes in 30 days over all series together (1)
          detect-report  [--troubles N] [--seed N] [--budget N] [--means M...] [--ours]: how many simulated troubles of each kind are found, how late,
                      and how many episodes are false, against EARS C2 and C3, Kulldorff's scan and the space-time permutation scan
          simulate    --output FILE --truth FILE [--seed N] [--series N] [--mean M] [--troubles N] [--days N]: writes such a CSV, and what is in it
          sensors     --input FILE [--truth FILE] [--output FILE]: anomalies and faults of a device, CSV with a time and a value; with the windows of
                      the Numenta Anomaly Benchmark, how many are hit and how many alarms are outside

        Each of the first three measures its baseline in the same run, in turn with the thing itself, and prints a table and JSON.
        """);
    return Task.FromResult(1);
}
