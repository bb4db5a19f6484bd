using Microsoft.DurableTask;

namespace CityBrain.Lifecycle;

/// <summary>How an orchestration waits for news of its case.</summary>
internal static class CaseNews
{
    /// <summary>Name of the event that tells of a new version; its payload is the version.</summary>
    public const string CaseChanged = "case-changed";

    /// <summary>Waits for a version newer than <paramref name="version"/> or for an instant; true when the instant came first.</summary>
    public static async Task<bool> ClockRunsOutAsync(TaskOrchestrationContext context, int version, DateTimeOffset? wakeAt)
    {
        using var stop = new CancellationTokenSource();
        var clock = wakeAt is { } at ? context.CreateTimer(at.UtcDateTime, stop.Token) : null;
        int news;
        do
        {
            var changed = context.WaitForExternalEvent<int>(CaseChanged, stop.Token);
            if (clock is not null && await Task.WhenAny(changed, clock) == clock)
            {
                stop.Cancel();
                return true;
            }

            news = await changed;
        }
        while (news <= version);

        stop.Cancel();
        return false;
    }
}
