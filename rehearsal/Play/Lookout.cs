using CityBrain.Cases;

namespace CityBrain.Rehearsal.Play;

/// <summary>How staff find their work: they look at the lists of what waits for a person, again and again.</summary>
internal sealed class Lookout(CityApi api, CityPlay play, Score score)
{
    /// <summary>Real time between two looks at the busiest list.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(40);

    private const int SlowListEvery = 3;
    private static readonly CaseState[] SlowLists = [CaseState.TriageReview, CaseState.ReleaseReview, CaseState.Arbitration];

    /// <summary>Looks until it is stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        for (var round = 0; await timer.WaitForNextTickAsync(cancellationToken); round++)
        {
            IEnumerable<CaseState> lists = round % SlowListEvery == 0 ? [CaseState.Dispatched, .. SlowLists] : [CaseState.Dispatched];
            foreach (var list in lists)
            {
                await LookAsync(list, cancellationToken);
            }
        }
    }

    private async Task LookAsync(CaseState list, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var seen in await api.ListAsync(list, cancellationToken))
            {
                play.Consider(seen);
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            score.Surprises.Add("list: " + failure.GetType().Name);
        }
    }
}
