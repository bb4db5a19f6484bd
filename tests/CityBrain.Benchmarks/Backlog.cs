using CityBrain.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Benchmarks;

/// <summary>Waits until the app has done what follows from what it accepted.</summary>
internal static class Backlog
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>So many looks in a row must find nothing waiting: between two steps of a case its outbox is empty for an instant.</summary>
    private const int QuietLooks = 5;

    /// <summary>Completes when the tally knows <paramref name="expected"/> cases, none is still Filed and the outbox stays empty; returns the number of cases.</summary>
    /// <exception cref="TimeoutException">It takes more than five minutes.</exception>
    public static async Task<long> DrainedAsync(BenchmarkApp app, int expected)
    {
        var tally = app.Services.GetRequiredService<CaseTally>();
        var outbox = app.Services.GetRequiredService<SweepOutbox>();
        var quiet = 0;
        using var patience = new CancellationTokenSource(Patience);
        while (!patience.IsCancellationRequested)
        {
            var counts = await tally.ReadAsync(patience.Token);
            var cases = counts.GetValueOrDefault("cases");
            var isDone = cases >= expected && counts.GetValueOrDefault("state:Filed") == 0 && await outbox.CountAsync(patience.Token) == 0;
            quiet = isDone ? quiet + 1 : 0;
            if (quiet == QuietLooks)
            {
                return cases;
            }

            await Task.Delay(100, patience.Token);
        }

        throw new TimeoutException($"The app did not get through {expected} cases in {Patience.TotalMinutes} minutes.");
    }
}
