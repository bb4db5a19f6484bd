using System.Net;
using System.Text.Json;
using CityBrain.Embedded.Companion;
using CityBrain.Rehearsal.Plan;
using CityBrain.Rehearsal.Sample;

namespace CityBrain.Rehearsal.Play;

/// <summary>What comes to the city from outside, each at its own city time: appeals and readings, right and wrong ones. Also reads what the city tells.</summary>
internal sealed class Arrivals(CityApi api, SensorPort sensors, Script script, Roster roster, Agenda agenda, Score score, CityClock city)
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromHours(1);
    private static readonly TimeSpan BusyNoticesEvery = TimeSpan.FromHours(8);
    private static readonly TimeSpan CalmNoticesEvery = TimeSpan.FromDays(5);

    /// <summary>Plans everything that comes from outside.</summary>
    public void Open()
    {
        foreach (var group in script.Appeals.GroupBy(appeal => (appeal.SendAt, appeal.InBatch)))
        {
            if (group.Key.InBatch)
            {
                agenda.Add(group.Key.SendAt, token => FileBatchAsync([.. group], token));
                continue;
            }

            foreach (var appeal in group)
            {
                agenda.Add(appeal.SendAt, token => FileAsync(appeal, token));
            }
        }

        foreach (var reading in script.Readings)
        {
            agenda.Add(reading.Time, token => ReadAsync(reading, token));
        }

        foreach (var mishap in script.WrongAppeals)
        {
            agenda.Add(mishap.At, token => MisfileAsync(mishap, token));
        }

        agenda.Add(script.Start + BusyNoticesEvery, ReadNoticesAsync);
        foreach (var (number, mishap) in script.WrongEvents.Index())
        {
            agenda.Add(mishap.At, token => MissendAsync(mishap, $"wrong-{number}", token));
        }
    }

    private async Task FileAsync(PlannedAppeal planned, CancellationToken cancellationToken)
    {
        var answer = await api.FileAsync(planned.Appeal, cancellationToken);
        if (!answer.IsGood)
        {
            Surprise("appeal " + answer);
            agenda.Add(city.GetUtcNow() + TryAgain, token => FileAsync(planned, token));
            return;
        }

        Enter(planned, answer.As<Filed>()!.CaseId!, answer.Status is HttpStatusCode.Created);
        if (planned.Temper.RepeatAfter is { } wait && answer.Status is HttpStatusCode.Created)
        {
            agenda.Add(planned.SendAt + wait, token => FileAsync(planned, token));
        }
    }

    private async Task FileBatchAsync(IReadOnlyList<PlannedAppeal> batch, CancellationToken cancellationToken)
    {
        var answer = await api.FileBatchAsync(batch.Select(planned => planned.Appeal), cancellationToken);
        if (answer.As<IReadOnlyList<Filed>>() is not { } results || results.Any(result => result.CaseId is null))
        {
            Surprise("batch " + answer);
            agenda.Add(city.GetUtcNow() + TryAgain, token => FileBatchAsync(batch, token));
            return;
        }

        foreach (var result in results)
        {
            Enter(batch[result.Index], result.CaseId!, result.Status.ToString() == "201");
        }
    }

    private void Enter(PlannedAppeal planned, string caseId, bool created)
    {
        if (created)
        {
            score.Sent();
        }
        else
        {
            score.Repeated();
        }

        if (!roster.Enter(planned, caseId))
        {
            Surprise("the same appeal gave two cases");
        }
    }

    private async Task ReadAsync(DeviceReading reading, CancellationToken cancellationToken)
    {
        if (await sensors.SendAsync(reading, cancellationToken) is var status and not HttpStatusCode.Created)
        {
            Surprise($"reading {(int)status}");
            agenda.Add(city.GetUtcNow() + TryAgain, token => ReadAsync(reading, token));
            return;
        }

        score.Read();
    }

    /// <summary>Hotlines and duty officers read what the city tells them, as long as anything is to come.</summary>
    private async Task ReadNoticesAsync(CancellationToken cancellationToken)
    {
        foreach (var channel in new[] { CityApi.Reporters, CityApi.Duty })
        {
            foreach (var notice in await api.NoticesAsync(channel, cancellationToken))
            {
                score.Notices[notice.Id] = $"{notice.Kind} to {channel}";
            }
        }

        if (agenda.Waiting > 0)
        {
            var now = city.GetUtcNow();
            agenda.Add(now + (now < script.DenseEnd ? BusyNoticesEvery : CalmNoticesEvery), ReadNoticesAsync);
        }
    }

    private async Task MisfileAsync(Mishap mishap, CancellationToken cancellationToken)
    {
        var answer = await api.FileRawAsync(mishap.Body, mishap.Forged, cancellationToken);
        score.Refusals.Add(answer.ToString());
        if ((int)answer.Status != mishap.Status || answer.Code != mishap.Outcome)
        {
            Surprise($"{mishap.Name}: {answer} instead of {mishap.Status} {mishap.Outcome}");
        }
    }

    private async Task MissendAsync(Mishap mishap, string messageId, CancellationToken cancellationToken)
    {
        var status = await sensors.SendRawAsync(mishap.Body, messageId, mishap.Forged, cancellationToken);
        score.WrongEvents.Add(mishap.Outcome ?? "refused at the door");
        if ((int)status != mishap.Status)
        {
            Surprise($"{mishap.Name}: {(int)status} instead of {mishap.Status}");
        }
    }

    private void Surprise(string what) => score.Surprises.Add(what);

    private sealed record Filed(int Index, string? CaseId, JsonElement Status);
}
