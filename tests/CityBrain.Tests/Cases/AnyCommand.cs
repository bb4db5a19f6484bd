using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Intake;
using CityBrain.Items;
using CityBrain.Triage;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Cases;

/// <summary>Commands of every kind with good arguments, and lives made of them.</summary>
internal static class AnyCommand
{
    private static readonly TriageResult Rubbish = new("rubbish", 1, "g-west-1", Urgency.Routine, "sanitation", [], "test", "words");

    private static readonly Func<DateTimeOffset, CaseCommand>[] Kinds =
    [
        _ => new CompleteTriage(Rubbish),
        _ => new AskReview(Rubbish, "unsure"),
        _ => new ConfirmTriage(),
        _ => new Merge(CaseKeys.CaseId("web", "master")),
        _ => new Refer("120", "an accident"),
        _ => new DispatchTo("sanitation"),
        _ => new AskRelease("street-office-s-west"),
        now => new Release("fund 7", "handbook 2", "deputy", now.AddDays(30)),
        _ => new RefuseRelease("no budget"),
        _ => new Accept(),
        _ => new Return("not-our-duty", "rule 4", "parks"),
        _ => new EscalateReturn(),
        _ => new Arbitrate("waterworks", "rule 5"),
        _ => new Arrive(),
        _ => new Reply("The rubbish in the street was taken away this morning."),
        now => new Suspend("weather", "notice 3", now.AddHours(2)),
        _ => new Resume(),
        _ => new Extend(1, "hard", "deputy"),
        _ => new PassReply(TimeSpan.FromDays(14)),
        _ => new RejectReply(["too short"]),
        _ => new AskReplyReview(Lives.Doubt),
        _ => new ReviewReply(false, "Say when."),
        _ => new LapseReplyReview(),
        _ => new LookOnSpot(true, null),
        now => new NoteRecurred(now),
        _ => new AnswerFeedback(true, true, true, null),
        _ => new AnswerFeedback(true, false, false, "still there"),
        _ => new CloseUnanswered(),
        _ => new AskAgain(),
        now => new AskSubscriber(new MasterRound(CaseKeys.CaseId("web", "master"), 1), now.AddDays(14)),
        _ => new ReportCall(1, CallResult.NoAnswer),
        _ => new AnswerAsSubscriber(new AnswerFeedback(true, true, true, null)),
        _ => new Reassign("parks", "theirs"),
        _ => new Withdraw("solved itself"),
        _ => new Whistle(["parks", "waterworks"], "joint", 1),
        _ => new SignWhistle("parks"),
        _ => new ContactWhistle("parks"),
        _ => new ArriveWhistle("parks"),
        _ => new Contribute("done", "parks"),
        _ => new RateWhistle("parks", 5, 4),
        _ => new CloseWhistle("enough"),
        _ => new RemindWhistle(1, "parks", ClockKind.Sign, 80),
        _ => new ReviewBypass(true, "flames"),
        _ => new LapseBypass(),
        _ => new ExpireRelease(),
        _ => new Split([new SplitItem("bins", "rubbish", "take them away"), new SplitItem("drain", "water", "open it", ["bins"])]),
        _ => new SettleItem("bins", "They are gone.", "sanitation"),
        _ => new SettleItem("drain", null, null),
        _ => new RedoItem("bins", "one is left"),
        _ => new CompleteItem(),
        _ => new ReopenItem("one is left"),
        _ => new Contact("phone"),
        _ => new Reclassify("water", "it is the drain"),
        _ => new Reclassify("rubbish", "it is rubbish", KeepDepartment: true),
        _ => new Relocate(0.05, 0.15, "2 East Road", null, "it is in the east"),
        _ => new Acknowledge(),
        _ => new ClimbLadder(ClockKind.Resolve),
        _ => new Remind(ClockKind.Resolve, 50),
        now => new NoteCleared(now),
    ];

    /// <summary>A command of some kind, made at the moment at which it is given.</summary>
    public static Gen<Func<DateTimeOffset, CaseCommand>> Any { get; } = Gen.Elements(Kinds);

    /// <summary>Steps of a life: a choice and the minutes that pass before it. <see cref="Live"/> turns choices into commands.</summary>
    public static Gen<List<(int Choice, int Minutes)>> Life { get; } =
        from steps in Gen.Choose(1, 40)
        from life in (from choice in Gen.Choose(0, 10_000) from minutes in Gen.Choose(0, 200) select (choice, minutes)).ListOf(steps)
        select life.ToList();

    /// <summary>The command that each step gives: now and then any at all, mostly one that the state allows, so that lives go far.</summary>
    public static CaseCommand Choose(Case current, int choice, DateTimeOffset now)
    {
        var all = Kinds.Select(kind => kind(now)).ToList();
        var legal = all.Where(command => CaseTransitions.Next(current.State, command.Action) is not null).ToList();
        return choice % 5 == 0 ? all[choice / 5 % all.Count] : legal[choice / 5 % legal.Count];
    }

    /// <summary>Every change of a life, from filing on.</summary>
    public static IEnumerable<(Case Before, CaseCommand Command, ChangeContext Context, ChangeResult Result)> Live(Case filed, IEnumerable<(int Choice, int Minutes)> life)
    {
        var (current, now) = (filed, SmallTown.Morning);
        foreach (var (choice, minutes) in life)
        {
            now = now.AddMinutes(minutes);
            var (command, context) = (Choose(current, choice, now), SmallTown.At(now));
            var result = CaseChange.Decide(current, command, context);
            yield return (current, command, context, result);
            current = result.Case!;
        }
    }
}
