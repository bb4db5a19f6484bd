using CityBrain.Cases;
using Act = CityBrain.Emergency.EmergencyAction;
using At = CityBrain.Emergency.EmergencyState;

namespace CityBrain.Emergency;

/// <summary>Every legal move of an emergency, in one table; the API answers 409 with <see cref="CommandsFrom"/> to any other.</summary>
public static class EmergencyTransitions
{
    private static readonly (At From, Act Action, At To)[] Moves =
    [
        (At.Declared, Act.Activate, At.Active),
        (At.Declared, Act.Dismiss, At.Ended),
        (At.Active, Act.Adjust, At.Adjusted),
        (At.Adjusted, Act.Adjust, At.Adjusted),
        (At.Active, Act.End, At.Ended),
        (At.Adjusted, Act.End, At.Ended),
        (At.Ended, Act.Review, At.Reviewed),

        (At.Declared, Act.Receive, At.Declared),
        (At.Active, Act.Receive, At.Active),
        (At.Adjusted, Act.Receive, At.Adjusted),
        (At.Declared, Act.CallOff, At.Ended),
        (At.Active, Act.CallOff, At.Active),
        (At.Adjusted, Act.CallOff, At.Adjusted),
        (At.Active, Act.Acknowledge, At.Active),
        (At.Adjusted, Act.Acknowledge, At.Adjusted),
        (At.Active, Act.RollCall, At.Active),
        (At.Adjusted, Act.RollCall, At.Adjusted),
        (At.Declared, Act.Link, At.Declared),
        (At.Active, Act.Link, At.Active),
        (At.Adjusted, Act.Link, At.Adjusted),
        (At.Ended, Act.Link, At.Ended),
    ];

    private static readonly TransitionTable<At, Act> Table = new(Moves);

    /// <summary>Every legal move.</summary>
    public static IReadOnlyCollection<(At From, Act Action, At To)> All => Moves;

    /// <summary>The state after an action, or null when the action is not legal there.</summary>
    public static At? Next(At from, Act action) => Table.Next(from, action);

    /// <summary>The commands that a person may give in a state.</summary>
    public static IReadOnlyList<Act> CommandsFrom(At state) =>
        [.. Table.From(state).Where(action => action is not (Act.Declare or Act.Receive or Act.RollCall or Act.CallOff))];
}
