using System.Net;
using System.Text.Json;
using CityBrain.Embedded.Storage;
using CityBrain.Rehearsal.Plan;
using CityBrain.Rehearsal.Sample;

namespace CityBrain.Rehearsal.Play;

/// <summary>The people and devices of the city: they send, look, decide and act, each at their own city time.</summary>
internal sealed class CityPlay(CityApi api, SensorPort sensors, Script script, NextMove next, Agenda agenda, Score score, EmbeddedClock city)
{
    private const int MostTries = 20;
    private const int MostSurprises = 5;
    private static readonly TimeSpan BusyNoticesEvery = TimeSpan.FromHours(8);
    private static readonly TimeSpan CalmNoticesEvery = TimeSpan.FromDays(5);
    private static readonly TimeSpan TryAgain = TimeSpan.FromHours(1);

    /// <summary>Real time before somebody looks at the same case again.</summary>
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Who is who.</summary>
    public Roster Roster { get; } = new();

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

    /// <summary>Takes note of a case as it stands: somebody plans the next move, unless that is done already.</summary>
    /// <param name="seen">The case.</param>
    /// <param name="again">True: think again, whatever was planned.</param>
    public void Consider(CaseSeen seen, bool again = false)
    {
        score.Saw(seen);
        if (Roster.TakeUp(seen, again) && next.Of(seen, Roster.PlanOf(seen.Id), city.GetUtcNow(), Roster.RefusedFor(seen.Id)) is { } move)
        {
            agenda.Add(move.Kind is MoveKind.Look ? Later(move.At) : move.At, token => MakeAsync(seen, move, 1, token));
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

        if (!Roster.Enter(planned, caseId))
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

    private async Task MakeAsync(CaseSeen seen, Move move, int attempt, CancellationToken cancellationToken)
    {
        if (move.Kind is MoveKind.Look)
        {
            await LookAsync(seen.Id, cancellationToken);
            return;
        }

        var answer = move.Kind is MoveKind.Answer
            ? await api.AnswerAsync(seen.Links["feedback"], move.Body!, cancellationToken)
            : await api.CommandAsync(seen.Id, move, cancellationToken);
        if (answer.IsTheirs)
        {
            Surprise($"{move.Kind} {answer}");
            if (attempt < MostTries)
            {
                agenda.Add(city.GetUtcNow() + TryAgain, token => MakeAsync(seen, move, attempt + 1, token));
            }
        }
        else if (answer.IsGood)
        {
            score.Moves.Add(move.Kind.ToString());
            Keep(seen, move);
            if (move.Kind is MoveKind.Answer)
            {
                await LookAsync(seen.Id, cancellationToken);
            }
            else
            {
                Consider(answer.As<CaseSeen>()!);
            }
        }
        else
        {
            await ThinkAgainAsync(seen, move, answer, cancellationToken);
        }
    }

    /// <summary>The city refused: the case has moved on, or the move is not allowed. Somebody looks and decides anew, but never the same refused thing without end.</summary>
    private async Task ThinkAgainAsync(CaseSeen seen, Move move, ApiAnswer answer, CancellationToken cancellationToken)
    {
        score.Conflicts.Add($"{move.Kind} {answer}");
        Roster.Refused(seen.Id, move.Kind);
        if (Roster.RefusedFor(seen.Id).Count(kind => kind == move.Kind) > MostSurprises)
        {
            Surprise($"{move.Kind} refused again and again: {answer}");
            return;
        }

        await LookAsync(seen.Id, cancellationToken);
    }

    private async Task LookAsync(string caseId, CancellationToken cancellationToken)
    {
        if (await api.FindAsync(caseId, cancellationToken) is { } found)
        {
            Consider(found, again: true);
        }
        else
        {
            Surprise("a case is gone");
        }
    }

    private void Keep(CaseSeen seen, Move move)
    {
        if (move.Kind is MoveKind.Reply && seen.Reply is null && Roster.PlanOf(seen.Id)?.ReplyAt is { } real)
        {
            score.ReplyLateness.Add(city.GetUtcNow() - real);
        }
    }

    /// <summary>An instant, put off while the clock runs so fast that the city could not have answered until then.</summary>
    private DateTimeOffset Later(DateTimeOffset at) => city.GetUtcNow() + (LookPause * city.Speed) is var soonest && soonest > at ? soonest : at;

    private void Surprise(string what) => score.Surprises.Add(what);

    private sealed record Filed(int Index, string? CaseId, JsonElement Status);
}
