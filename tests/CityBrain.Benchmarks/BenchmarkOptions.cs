using System.Globalization;

namespace CityBrain.Benchmarks;

/// <summary>Options of a benchmark.</summary>
/// <param name="Count">Items a round; null: the benchmark's own default.</param>
/// <param name="Concurrency">Callers at once; null: the benchmark's own default.</param>
/// <param name="Rounds">Rounds of baseline and candidate, in turn; the first is a warm-up and does not count.</param>
/// <param name="Json">File for the figures as JSON; null: only printed.</param>
internal sealed record BenchmarkOptions(int? Count, int? Concurrency, int Rounds, string? Json)
{
    private const int DefaultRounds = 4;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">An option is unknown or has no proper value.</exception>
    public static BenchmarkOptions Parse(string[] args)
    {
        var options = new BenchmarkOptions(null, null, DefaultRounds, null);
        for (var i = 1; i + 1 < args.Length; i += 2)
        {
            int Number() => int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new ArgumentException($"{args[i]} needs a number above 0, not '{args[i + 1]}'.");
            options = args[i] switch
            {
                "--count" => options with { Count = Number() },
                "--concurrency" => options with { Concurrency = Number() },
                "--rounds" => options with { Rounds = Number() },
                "--json" => options with { Json = args[i + 1] },
                _ => throw new ArgumentException($"There is no option '{args[i]}'."),
            };
        }

        return options;
    }
}
