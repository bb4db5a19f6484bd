using CityBrain.Benchmarks;

return await (args.FirstOrDefault() switch
{
    "intake" => IntakeBenchmark.RunAsync(BenchmarkOptions.Parse(args)),
    "lifecycle" => LifecycleBenchmark.RunAsync(BenchmarkOptions.Parse(args)),
    "durable" => DurableBenchmark.RunAsync(BenchmarkOptions.Parse(args)),
    "classify" => Task.FromResult(ClassifyBenchmark.Run(args)),
    _ => Help(),
});

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

        Each of the first three measures its baseline in the same run, in turn with the thing itself, and prints a table and JSON.
        """);
    return Task.FromResult(1);
}
