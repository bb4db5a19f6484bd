using CityBrain.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Benchmarks;

/// <summary>Waits until the app has done what follows from what it accepted.</summary>
internal static class Backlog
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Completes when the tally knows <paramref name="expected"/> cases and none is still Filed; returns the number of cases.</summary>
    /// <exception cref="TimeoutException">It takes more than five minutes.</exception>
    public static async Task<long> DrainedAsync(BenchmarkApp app, int expected)
    {
        var tally = app.Services.GetRequiredService<CaseTally>();
        using var patience = new CancellationTokenSource(Patience);
        while (!patience.IsCancellationRequested)
        {
            var counts = await tally.ReadAsync(patience.Token);
            var cases = counts.GetValueOrDefault("cases");
            if (cases >= expected && counts.GetValueOrDefault("state:Filed") == 0)
            {
                return cases;
            }

            await Task.Delay(100, patience.Token);
        }

        throw new TimeoutException($"The app did not get through {expected} cases in {Patience.TotalMinutes} minutes.");
    }
}
