using System.Diagnostics;
using System.Text.Json;
using CityBrain.Cases;
using CityBrain.Intake;
using CityBrain.Rehearsal.Play;
using CityBrain.Rehearsal.Show;
using CityBrain.Rehearsal.Stage;

namespace CityBrain.Rehearsal.Replay;

/// <summary>Replays messages through an app that is killed while they come.</summary>
internal static class KilledReplay
{
    private const int BatchSize = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Sends the messages and kills the app so many times at even distances, each time when early warning has come further; returns when every case is past triage and early warning has taken and shown
    /// it. The app runs on.
    /// </summary>
    /// <param name="app">The app, which has started.</param>
    /// <param name="api">The city, at the address of the app.</param>
    /// <param name="appeals">The messages.</param>
    /// <param name="kills">How often.</param>
    /// <param name="say">Takes what happens, a line each.</param>
    /// <param name="accepted">Is called when all are accepted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">Something has not come for ten minutes.</exception>
    public static async Task<ReplaySender> RunAsync(KillableApp app, CityApi api, IReadOnlyList<AppealRequest> appeals, int kills, Action<string> say, Action accepted, CancellationToken cancellationToken)
    {
        var store = WatchedStore.Open(app.TableStorage);
        var sender = new ReplaySender(api, BatchSize);

        // The messages wait for the city, so that it is in the middle of everything when it dies, not only of accepting.
        var mostOnTheWay = appeals.Count / (kills + 1) / 2;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = sender.SendAsync(appeals, ready => UntilAsync(async () => !app.IsUp || sender.Answered - await store.ShownAsync(ready) < mostOnTheWay, ready), stop.Token);
        try
        {
            var shown = 0;
            for (var kill = 1; kill <= kills; kill++)
            {
                var at = (int)((long)appeals.Count * kill / (kills + 1));
                var before = shown;
                await UntilAsync(async () => sending.IsFaulted || (sender.Answered >= at && (shown = await store.ShownAsync(cancellationToken)) > before), cancellationToken);
                await app.KillAsync();
                say($"  killed after {sender.Answered} messages, of which early warning had shown {shown}");
                var started = Stopwatch.GetTimestamp();
                await app.StartAgainAsync(cancellationToken);
                say(FormattableString.Invariant($"  up again after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s"));
            }

            await sending;
            accepted();
            await UntilAsync(async () => await OnTheWayAsync(api, sender.CaseIds.Count, cancellationToken) <= 0, cancellationToken);
            await UntilAsync(async () => await store.ShownAsync(cancellationToken) >= sender.CaseIds.Count, cancellationToken);
            return sender;
        }
        finally
        {
            await stop.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Cases that are not counted yet, or counted and not past triage.</summary>
    public static async Task<long> OnTheWayAsync(CityApi api, int cases, CancellationToken cancellationToken)
    {
        var overview = (await api.ReadAsync("api/overview", cancellationToken))!.Value.Deserialize<OverviewSeen>(CityJson.Options)!;
        return cases - overview.Figures.Appeals + overview.States.Where(state => state.State is CaseState.Filed or CaseState.Triaged).Sum(state => state.Count);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"Nothing has come of it for {Patience.TotalMinutes:F0} minutes.");
            }

            await Task.Delay(Look, cancellationToken);
        }
    }
}
