using CityBrain.Embedded.Companion;

namespace CityBrain.Rehearsal.Play;

/// <summary>The staff and reporters of the city: they look, decide and act, each at their own city time.</summary>
internal sealed class CityPlay(CityApi api, NextMove next, Roster roster, Agenda agenda, Score score, CityClock city)
{
    private const int MostTries = 20;
    private const int MostSurprises = 5;
    private static readonly TimeSpan TryAgain = TimeSpan.FromHours(1);

    /// <summary>Real time before somebody looks at the same case again.</summary>
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes note of a case as it stands: somebody plans the next move, unless that is done already.</summary>
    /// <param name="seen">The case.</param>
    /// <param name="again">True: think again, whatever was planned.</param>
    public void Consider(CaseSeen seen, bool again = false)
    {
        score.Saw(seen);
        if (roster.TakeUp(seen, again) && next.Of(seen, roster.PlanOf(seen.Id), city.GetUtcNow(), roster.RefusedFor(seen.Id)) is { } move)
        {
            agenda.Add(move.Kind is MoveKind.Look ? Later(move.At) : move.At, token => MakeAsync(seen, move, 1, token));
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
            if (move.Kind is MoveKind.Answer or MoveKind.ReviewReply)
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
        roster.Refused(seen.Id, move.Kind);
        if (roster.RefusedFor(seen.Id).Count(kind => kind == move.Kind) > MostSurprises)
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
        if (move.Kind is MoveKind.Reply && seen.Reply is null && roster.PlanOf(seen.Id)?.ReplyAt is { } real)
        {
            score.ReplyLateness.Add(city.GetUtcNow() - real);
        }
    }

    /// <summary>An instant, put off while the clock runs so fast that the city could not have answered until then.</summary>
    private DateTimeOffset Later(DateTimeOffset at) => city.GetUtcNow() + (LookPause * city.Speed) is var soonest && soonest > at ? soonest : at;

    private void Surprise(string what) => score.Surprises.Add(what);
}
