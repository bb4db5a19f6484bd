using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Dispatch;

/// <summary>The legal steps of a party of a whistle, in one table, and its clocks. Pure.</summary>
public static class WhistleLaw
{
    /// <summary>Most parties of one whistle.</summary>
    public const int MostParties = 10;

    private static readonly int[] Rungs = [80, 100];

    private static readonly TransitionTable<WhistleState, CaseAction> Steps = new(
    [
        (WhistleState.Blown, CaseAction.SignWhistle, WhistleState.Signed),
        (WhistleState.Signed, CaseAction.ContactWhistle, WhistleState.Contacted),
        (WhistleState.Signed, CaseAction.ArriveWhistle, WhistleState.Arrived),
        (WhistleState.Contacted, CaseAction.ArriveWhistle, WhistleState.Arrived),
        (WhistleState.Arrived, CaseAction.Contribute, WhistleState.Contributed),

        // One who came and did nothing is scored as well.
        (WhistleState.Arrived, CaseAction.RateWhistle, WhistleState.Rated),
        (WhistleState.Contributed, CaseAction.RateWhistle, WhistleState.Rated),
    ]);

    /// <summary>The state after a step; null when the step is not legal there.</summary>
    public static WhistleState? Next(WhistleState from, CaseAction step) => Steps.Next(from, step);

    /// <summary>The steps that are legal in a state.</summary>
    public static IReadOnlyList<CaseAction> StepsFrom(WhistleState state) => [.. Steps.From(state)];

    /// <summary>A party that is called now, with its clocks started.</summary>
    public static WhistleParty Call(string party, bool hard, DateTimeOffset now, CityModel city) => new(
        party,
        WhistleState.Blown,
        city.Calendar.Add(now, LimitOf(ClockKind.Sign, hard, city.Dispatch.Whistle)),
        city.Calendar.Add(now, LimitOf(ClockKind.Contact, hard, city.Dispatch.Whistle)),
        city.Calendar.Add(now, LimitOf(ClockKind.ReportIn, hard, city.Dispatch.Whistle)));

    /// <summary>The next reminder of a party, at 80 and 100 % of each clock that it has not met; null when there is none, or while nobody waits for it.</summary>
    public static WhistleAlarm? NextAlarm(Case current, int number, string partyId, CityModel city)
    {
        if (current.State is not (CaseState.Handling or CaseState.Suspended) || Find(current, number) is not { ClosedAt: null } round || round.Find(partyId) is not { } party)
        {
            return null;
        }

        return Unmet(party)
            .SelectMany(clock => Rungs.Where(percent => percent > (party.Told?.GetValueOrDefault(clock) ?? 0)).Select(percent => new WhistleAlarm(
                clock, percent, city.Calendar.Add(round.BlownAt, LimitOf(clock, round.Hard, city.Dispatch.Whistle) * (percent / 100.0)))))
            .MinBy(alarm => alarm.At);
    }

    /// <summary>True when nobody waits for a party any more: it has contributed, or the round or the case is over.</summary>
    public static bool IsOver(Case current, int number, string party) =>
        CaseTransitions.IsEnd(current.State) || Find(current, number) is not { ClosedAt: null } round || round.Find(party) is null or { State: >= WhistleState.Contributed };

    /// <summary>A whistle of a case.</summary>
    public static WhistleRound? Find(Case current, int number) => current.Whistles?.FirstOrDefault(round => round.Number == number);

    /// <summary>The due instant of one clock of a party.</summary>
    public static DateTimeOffset DueOf(WhistleParty party, ClockKind clock) => clock switch
    {
        ClockKind.Sign => party.SignDue,
        ClockKind.Contact => party.ContactDue,
        _ => party.ArriveDue,
    };

    /// <summary>The case with one party of a whistle changed.</summary>
    internal static Case With(Case current, WhistleRound round, WhistleParty party) =>
        With(current, round with { Parties = [.. round.Parties.Select(other => other.Id == party.Id ? party : other)] });

    /// <summary>The case with one whistle changed or added.</summary>
    internal static Case With(Case current, WhistleRound round) =>
        current with { Whistles = [.. (current.Whistles ?? []).Where(other => other.Number != round.Number), round] };

    private static IEnumerable<ClockKind> Unmet(WhistleParty party)
    {
        if (party.SignedAt is null)
        {
            yield return ClockKind.Sign;
        }

        if (party.ContactedAt is null)
        {
            yield return ClockKind.Contact;
        }

        if (party.ArrivedAt is null)
        {
            yield return ClockKind.ReportIn;
        }
    }

    private static WorkDuration LimitOf(ClockKind clock, bool hard, WhistlePolicy policy) => clock switch
    {
        ClockKind.Sign => policy.Sign,
        ClockKind.Contact => policy.Contact,
        _ => hard ? policy.ArriveHard : policy.Arrive,
    };
}

/// <summary>A reminder that a party of a whistle will get.</summary>
public sealed record WhistleAlarm(ClockKind Clock, int Percent, DateTimeOffset At);
