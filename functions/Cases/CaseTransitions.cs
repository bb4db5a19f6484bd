using System.Collections.Frozen;
using Act = CityBrain.Cases.CaseAction;
using At = CityBrain.Cases.CaseState;

namespace CityBrain.Cases;

/// <summary>
/// Every legal move of a case, in one table. A move that is not here cannot happen: <see cref="CaseStore"/> asks this table before it
/// writes, and the API answers 409 with <see cref="CommandsFrom"/>.
/// </summary>
public static class CaseTransitions
{
    private static readonly (CaseState From, CaseAction Action, CaseState To)[] Moves =
    [
        (At.Filed, Act.Triage, At.Triaged),
        (At.Filed, Act.AskReview, At.TriageReview),

        (At.TriageReview, Act.ConfirmTriage, At.Triaged),
        (At.Merged, Act.Unmerge, At.TriageReview),

        (At.Triaged, Act.Dispatch, At.Dispatched),
        (At.Triaged, Act.AskRelease, At.ReleaseReview),
        (At.Returned, Act.AskRelease, At.ReleaseReview),
        (At.Reopened, Act.AskRelease, At.ReleaseReview),
        (At.Dispatched, Act.ExpireRelease, At.ReleaseReview),
        (At.Accepted, Act.ExpireRelease, At.ReleaseReview),
        (At.Handling, Act.ExpireRelease, At.ReleaseReview),
        (At.ReleaseReview, Act.Release, At.Dispatched),
        (At.ReleaseReview, Act.RefuseRelease, At.Triaged),

        (At.Dispatched, Act.Accept, At.Accepted),
        (At.Dispatched, Act.Return, At.Returned),
        (At.Accepted, Act.Return, At.Returned),
        (At.Returned, Act.Dispatch, At.Dispatched),
        (At.Returned, Act.EscalateReturn, At.Arbitration),
        (At.Arbitration, Act.Arbitrate, At.Dispatched),

        (At.Accepted, Act.Contact, At.Accepted),
        (At.Handling, Act.Contact, At.Handling),
        (At.Suspended, Act.Contact, At.Suspended),
        (At.Accepted, Act.Arrive, At.Handling),
        (At.Handling, Act.Whistle, At.Handling),
        (At.Accepted, Act.Split, At.Accepted),
        (At.Handling, Act.Split, At.Handling),
        (At.Handling, Act.RedoItem, At.Handling),
        (At.Handling, Act.Reply, At.Replied),
        (At.Handling, Act.Suspend, At.Suspended),
        (At.Handling, Act.Extend, At.Handling),
        (At.Suspended, Act.Resume, At.Handling),

        (At.Replied, Act.PassReply, At.Verified),
        (At.Replied, Act.RejectReply, At.Handling),
        (At.Replied, Act.AskReplyReview, At.Replied),
        (At.Replied, Act.ReviewReply, At.Replied),
        (At.Replied, Act.LapseReplyReview, At.Replied),
        (At.Verified, Act.ConfirmSolved, At.Closed),
        (At.Verified, Act.ReportUnsolved, At.Reopened),
        (At.Verified, Act.CloseUnanswered, At.Closed),
        (At.Closed, Act.ReportUnsolved, At.Reopened),
        (At.Verified, Act.SpotCheck, At.Verified),
        (At.Verified, Act.AskReporter, At.Verified),
        (At.Merged, Act.AskReporter, At.Merged),
        (At.Verified, Act.ReportCall, At.Verified),
        (At.Merged, Act.ReportCall, At.Merged),
        (At.Merged, Act.AnswerAsSubscriber, At.Merged),
        (At.Reopened, Act.Dispatch, At.Dispatched),
        (At.Reopened, Act.EscalateReturn, At.Arbitration),
    ];

    private static readonly FrozenSet<CaseState> EndStates = new[] { At.Closed, At.Merged, At.Referred, At.Withdrawn }.ToFrozenSet();

    private static readonly FrozenSet<CaseState> WithDepartment = new[] { At.Dispatched, At.Accepted, At.Handling, At.Suspended }.ToFrozenSet();

    /// <summary>Where a whistle runs, and where its parties can still be scored.</summary>
    private static readonly At[] Whistled = [At.Handling, At.Suspended];

    private static readonly At[] Scored = [.. Whistled, At.Replied, At.Verified];

    /// <summary>Steps that only the city takes; a person cannot command them.</summary>
    private static readonly FrozenSet<CaseAction> OwnSteps = new[]
    {
        Act.File, Act.Triage, Act.AskReview, Act.Dispatch, Act.AskRelease, Act.EscalateReturn, Act.PassReply, Act.RejectReply, Act.AskReplyReview, Act.LapseReplyReview,
        Act.ConfirmSolved, Act.ReportUnsolved, Act.CloseUnanswered, Act.Remind, Act.Climb, Act.ExpireRelease, Act.LapseBypass, Act.RemindWhistle,
        Act.SettleItem, Act.AskReporter, Act.ReportCall, Act.AnswerAsSubscriber, Act.Note, Act.Urge, Act.Subscribe,
    }.ToFrozenSet();

    private static readonly TransitionTable<CaseState, CaseAction> Table = new(WithCommonMoves());

    private static readonly FrozenDictionary<CaseState, CaseAction[]> Commands = Enum.GetValues<CaseState>().ToFrozenDictionary(
        state => state,
        state => Table.From(state).Where(action => !OwnSteps.Contains(action)).ToArray());

    /// <summary>Every legal move.</summary>
    public static IReadOnlyCollection<(CaseState From, CaseAction Action, CaseState To)> All { get; } = [.. WithCommonMoves()];

    /// <summary>The state after an action, or null when the action is not legal there.</summary>
    public static CaseState? Next(CaseState from, CaseAction action) => Table.Next(from, action);

    /// <summary>The commands that a person may give in a state.</summary>
    public static IReadOnlyList<CaseAction> CommandsFrom(CaseState state) => Commands[state];

    /// <summary>True when a person may give the action as a command in some state.</summary>
    public static bool IsCommand(CaseAction action) => !OwnSteps.Contains(action);

    /// <summary>True for Closed, Merged, Referred and Withdrawn. Closed may still be reopened for a limited time.</summary>
    public static bool IsEnd(CaseState state) => EndStates.Contains(state);

    private static IEnumerable<(CaseState From, CaseAction Action, CaseState To)> WithCommonMoves()
    {
        var open = Enum.GetValues<CaseState>().Where(state => !EndStates.Contains(state)).ToArray();
        return Moves
            .Concat(open.Select(state => (state, Act.Merge, At.Merged)))
            .Concat(open.Select(state => (state, Act.Withdraw, At.Withdrawn)))
            .Concat(open.SelectMany(state => new[] { (state, Act.Urge, state), (state, Act.Subscribe, state) }))
            .Concat(new[] { At.Filed, At.TriageReview, At.Triaged }.Select(state => (state, Act.Refer, At.Referred)))
            .Concat(WithDepartment.SelectMany(state => new[] { (state, Act.Reassign, At.Dispatched), (state, Act.Dispatch, At.Dispatched) }))
            .Append((At.TriageReview, Act.Relocate, At.TriageReview))
            .Concat(WithDepartment.SelectMany(state => new[] { Act.Reclassify, Act.Relocate, Act.Remind, Act.Climb, Act.Acknowledge }.Select(action => (state, action, state))))
            .Concat(open.SelectMany(state => new[] { Act.LinkEmergency, Act.SettleItem }.Select(action => (state, action, state))))
            .Concat(Whistled.SelectMany(state => new[] { Act.SignWhistle, Act.ContactWhistle, Act.ArriveWhistle, Act.Contribute, Act.CloseWhistle, Act.RemindWhistle }.Select(action => (state, action, state))))
            .Concat(Scored.Select(state => (state, Act.RateWhistle, state)))
            .Concat(Enum.GetValues<CaseState>().Except([At.Filed, At.TriageReview, At.Triaged, At.ReleaseReview]).Select(state => (state, Act.ReviewBypass, state)))
            .Concat(Enum.GetValues<CaseState>().SelectMany(state => new[] { Act.Note, Act.LapseBypass }.Select(action => (state, action, state))));
    }
}
