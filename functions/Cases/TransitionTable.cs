using System.Collections.Frozen;

namespace CityBrain.Cases;

/// <summary>The legal moves of something that has states, in one table. Immutable.</summary>
/// <param name="moves">Every legal move, each once.</param>
internal sealed class TransitionTable<TState, TAction>(IEnumerable<(TState From, TAction Action, TState To)> moves)
    where TState : struct, Enum
    where TAction : struct, Enum
{
    private readonly FrozenDictionary<(TState, TAction), TState> _next = moves.ToFrozenDictionary(move => (move.From, move.Action), move => move.To);

    /// <summary>The state after an action, or null when the action is not legal there.</summary>
    public TState? Next(TState from, TAction action) => _next.TryGetValue((from, action), out var to) ? to : null;

    /// <summary>The actions that are legal in a state, in the order of the enumeration.</summary>
    public IEnumerable<TAction> From(TState state) => Enum.GetValues<TAction>().Where(action => _next.ContainsKey((state, action)));
}
