using System.Diagnostics;
using CityBrain.Cases;

namespace CityBrain.Benchmarks;

/// <summary>Tells when a case reaches a state in which it stays until somebody acts, by looking at its row.</summary>
internal sealed class CaseWatch(CaseStore cases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Completes when the case is in the state.</summary>
    /// <exception cref="TimeoutException">It is not within two minutes.</exception>
    public async Task ReachesAsync(string caseId, CaseState state)
    {
        var started = Stopwatch.GetTimestamp();
        while ((await cases.FindAsync(caseId, CancellationToken.None))?.State != state)
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"The case {caseId} was not {state} within {Patience.TotalMinutes} minutes.");
            }

            await Task.Delay(Look);
        }
    }
}
