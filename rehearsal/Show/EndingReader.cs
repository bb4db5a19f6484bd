using System.Diagnostics;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using CityBrain.Cases;
using CityBrain.Rehearsal.Plan;
using CityBrain.Rehearsal.Play;

namespace CityBrain.Rehearsal.Show;

/// <summary>Asks the city how it all ended.</summary>
internal static class EndingReader
{
    private const int AtOnce = 8;
    private const int MostDeadLetters = 200;
    private static readonly string[] Queues = ["sensor-events", "filed-cases", "notices"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OverviewAge = TimeSpan.FromSeconds(1.1);

    /// <summary>Reads the case of every appeal, the overview once it has caught up, and the dead letters.</summary>
    public static async Task<Ending> ReadAsync(
        Script script, Roster roster, CityApi api, Score score, string serviceBusConnection, DateTimeOffset cityTime, CancellationToken cancellationToken)
    {
        var playTime = score.Elapsed;
        var found = new (PlannedAppeal, CaseSeen?)[script.Appeals.Count];
        await Parallel.ForAsync(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var caseId = roster.CaseOfRow.GetValueOrDefault(script.Appeals[i].Row.Key);
            found[i] = (script.Appeals[i], caseId is null ? null : await api.FindAsync(caseId, token));
        });
        var unasked = new List<CaseSeen>();
        foreach (var known in score.Cases.Values.Where(seen => seen.Origin.Kind is OriginKind.Sensor or OriginKind.Warning).OrderBy(seen => seen.FiledAt))
        {
            unasked.Add(await api.FindAsync(known.Id, cancellationToken) ?? known);
        }

        return new Ending(found, unasked, await OverviewAsync(api, cancellationToken), await DeadLettersAsync(serviceBusConnection, cancellationToken), score, playTime, cityTime);
    }

    /// <summary>The counters follow the cases through the outbox, so they are read when nothing waits there.</summary>
    private static async Task<OverviewSeen> OverviewAsync(CityApi api, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var overview = (await api.ReadAsync("api/overview", cancellationToken))?.Deserialize<OverviewSeen>(CityJson.Options)
                ?? throw new InvalidOperationException("The city gives no overview.");
            if (overview.OutboxWaiting == 0 || Stopwatch.GetElapsedTime(started) > Patience)
            {
                return overview;
            }

            await Task.Delay(OverviewAge, cancellationToken);
        }
    }

    private static async Task<Tally> DeadLettersAsync(string connection, CancellationToken cancellationToken)
    {
        var letters = new Tally();
        await using var client = new ServiceBusClient(connection);
        foreach (var queue in Queues)
        {
            await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
            foreach (var letter in await receiver.PeekMessagesAsync(MostDeadLetters, cancellationToken: cancellationToken))
            {
                letters.Add($"{queue}: {letter.DeadLetterReason}");
            }
        }

        return letters;
    }
}
