using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Rehearsal.Plan;

namespace CityBrain.Rehearsal.Play;

/// <summary>
/// Decides what the people of the city do next about a case as the API shows it, so that the reply comes when the real one came. Pure:
/// the same case, plan and instant give the same move.
/// </summary>
/// <param name="isDepartment">True for the id of a department of the city.</param>
/// <param name="answerDays">Days after the reply for which the city waits for an answer.</param>
internal sealed class NextMove(Func<string, bool> isDepartment, int answerDays)
{
    private static readonly TimeSpan LongestAccept = TimeSpan.FromHours(12);
    private static readonly TimeSpan LongestArrive = TimeSpan.FromDays(3);
    private static readonly TimeSpan TooShortToReturn = TimeSpan.FromHours(6);
    private static readonly TimeSpan OfNeverClosed = TimeSpan.FromDays(10);
    private static readonly TimeSpan ToReview = TimeSpan.FromHours(2);
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Later = TimeSpan.FromHours(12);
    private static readonly string[] Others = ["urban-management", "dot", "dep", "hpd"];

    /// <summary>The move; null when there is nothing to do: the city moves next, or the case stays as it is.</summary>
    /// <param name="seen">The case.</param>
    /// <param name="plan">Its row; null for a sensor's case.</param>
    /// <param name="now">The city's time.</param>
    /// <param name="refused">Kinds of moves that the city refused for this case; a return or a pause is not tried again.</param>
    public Move? Of(CaseSeen seen, PlannedAppeal? plan, DateTimeOffset now, IReadOnlyCollection<MoveKind> refused)
    {
        var pace = Pace.Of(seen, plan);
        return seen.Status switch
        {
            CaseState.TriageReview => new Move(
                MoveKind.ConfirmTriage,
                seen.FiledAt + Least(pace.Handling * 0.05, TimeSpan.FromMinutes(20)),
                new { leadDepartment = plan is { Agency: var agency } && isDepartment(agency) ? agency : null }),
            CaseState.ReleaseReview when plan?.Temper.Returns > 0 => new Move(MoveKind.RefuseRelease, now, new { reason = "No money was assigned for the task." }),
            CaseState.ReleaseReview => new Move(MoveKind.Release, now, new { funding = "District reserve", handbook = "Handbook of the item", approver = "Duty officer", expiry = now.AddDays(180) }),
            CaseState.Arbitration => new Move(MoveKind.Arbitrate, now, new { department = Owner(seen, plan), basis = "Responsibilities catalogue" }),
            CaseState.Dispatched when !refused.Contains(MoveKind.Return) && MayReturn(seen, plan, pace) => new Move(
                MoveKind.Return,
                pace.Start + Least(pace.Handling * plan!.Temper.AcceptShare / 2, TooShortToReturn),
                new { reason = "not-our-duty", basis = "Responsibilities catalogue", proposedOwner = Owner(seen, plan) }),
            CaseState.Dispatched => new Move(MoveKind.Accept, pace.Start + Least(pace.Handling * pace.AcceptShare, LongestAccept)),
            CaseState.Accepted => new Move(MoveKind.Arrive, pace.Start + Least(pace.Handling * pace.ArriveShare, LongestArrive)),
            CaseState.Handling => Handle(seen, plan, pace, now, mayPause: !refused.Contains(MoveKind.Suspend)),
            CaseState.Suspended when plan?.Temper.PauseToCap is false => new Move(MoveKind.Resume, pace.PauseEnd),
            CaseState.Suspended => new Move(MoveKind.Look, Later > pace.PauseEnd - now ? now + Soon : pace.PauseEnd + Soon),
            CaseState.Replied when seen.ReplyReview is { DueAt: not null, DecidedAt: null } review => Review(seen.Reply!, review.Finding),
            CaseState.Replied => new Move(MoveKind.Look, now + Soon),
            CaseState.Verified => Answer(seen, plan, now),
            _ => null,
        };
    }

    private static Move? Handle(CaseSeen seen, PlannedAppeal? plan, Pace pace, DateTimeOffset now, bool mayPause)
    {
        if (pace.ReplyAt is not { } replyAt)
        {
            return null;
        }

        if (seen.Reply is { } refused && refused.At >= pace.Start)
        {
            return new Move(MoveKind.Reply, now, new { text = ReplyText.Fuller(refused.Text, plan) });
        }

        return mayPause && now < pace.PauseStart
            ? new Move(MoveKind.Suspend, pace.PauseStart, new { reason = "waiting-for-parts", evidence = "Order of the workshop", until = pace.PauseEnd })
            : new Move(MoveKind.Reply, replyAt, new { text = ReplyText.First(plan, replyAt, seen.Reopens > 0) });
    }

    /// <summary>The duty officer sends back what names no deed, once; what the department then adds is all that it has to say.</summary>
    private static Move Review(ReplySeen reply, FindingSeen finding) => finding.Faults.Contains(ReplyFault.NoDeed) && !ReplyText.IsFuller(reply.Text)
        ? new Move(MoveKind.ReviewReply, reply.At + ToReview, new { passes = false, note = "Say what was done or found." })
        : new Move(MoveKind.ReviewReply, reply.At + ToReview, new { passes = true, onSite = finding.Faults.Contains(ReplyFault.CalledUnsolved) });

    private Move Answer(CaseSeen seen, PlannedAppeal? plan, DateTimeOffset now)
    {
        var replied = seen.Reply!.At;
        if (plan is null || plan.Temper.Answers is Answering.Never)
        {
            var expiry = replied.AddDays(answerDays) + Soon;
            return new Move(MoveKind.Look, plan is null || expiry <= now ? now + Later : expiry);
        }

        var solved = plan.Temper.Answers is Answering.Solved || seen.Reopens > 0;
        return new Move(
            MoveKind.Answer,
            replied + plan.Temper.AnswerAfter,
            new { contacted = plan.Temper.Contacted, solved, satisfied = solved && plan.Temper.Satisfied, comment = solved ? null : "It is still as it was." });
    }

    private static bool MayReturn(CaseSeen seen, PlannedAppeal? plan, Pace pace) =>
        plan is not null && seen.Reopens == 0 && seen.Returns < plan.Temper.Returns && pace.Handling > TooShortToReturn && seen.Assignment!.Round == seen.Returns + 1;

    /// <summary>Whose it should be: the real agency, or when that has it already, somebody else.</summary>
    private string Owner(CaseSeen seen, PlannedAppeal? plan)
    {
        var holder = seen.Assignment?.Department;
        return Others.Prepend(plan?.Agency ?? "").First(department => department != holder && isDepartment(department));
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>The times of the round that a case is in.</summary>
    private sealed record Pace(DateTimeOffset Start, TimeSpan Handling, DateTimeOffset? ReplyAt, double AcceptShare, double ArriveShare, double Pause)
    {
        public DateTimeOffset PauseStart => Pause > 0 ? Start + (Handling * ArriveShare) + ((Handling * (1 - ArriveShare) - PauseLength) / 2) : DateTimeOffset.MinValue;

        public DateTimeOffset PauseEnd => PauseStart + PauseLength;

        private static TimeSpan PauseCap { get; } = new DispatchPolicy().PauseCap;

        private TimeSpan PauseLength => Least(Handling * Pause, PauseCap);

        public static Pace Of(CaseSeen seen, PlannedAppeal? plan)
        {
            var dispatched = seen.Assignment?.Clocks.StartedAt ?? seen.FiledAt;
            if (plan is null)
            {
                return new Pace(dispatched, TimeSpan.FromHours(6), dispatched.AddHours(6), 0.05, 0.25, 0);
            }

            var (start, reply) = seen.Reopens > 0
                ? (dispatched, dispatched + plan.Temper.RedoAfter)
                : (seen.Returns > 0 ? dispatched : seen.FiledAt, plan.ReplyAt);
            var handling = reply is { } end ? end > start ? end - start : TimeSpan.Zero : OfNeverClosed;
            return new Pace(start, handling, reply, plan.Temper.AcceptShare, plan.Temper.ArriveShare, seen.Reopens > 0 || reply is null ? 0 : plan.Temper.Pause);
        }
    }
}
