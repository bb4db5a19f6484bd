namespace CityBrain.Emergency;

/// <summary>What came of a wanted move.</summary>
public abstract record MoveResult
{
    /// <summary>It was written.</summary>
    public sealed record Changed(EmergencyRecord Before, EmergencyRecord After) : MoveResult;

    /// <summary>Nothing was to be done.</summary>
    public sealed record Unchanged(EmergencyRecord Current) : MoveResult;

    /// <summary>Not legal in this state.</summary>
    public sealed record Illegal(EmergencyRecord Current, IReadOnlyList<EmergencyAction> Legal) : MoveResult;

    /// <summary>The caller is not the authority for the level.</summary>
    public sealed record Unsigned(EmergencyRecord Current, EmergencyLevel Level, LevelRule Rule) : MoveResult;

    /// <summary>Legal, but its arguments are not good.</summary>
    public sealed record Refused(EmergencyRecord Current, IReadOnlyList<string> Problems) : MoveResult;

    /// <summary>No such emergency.</summary>
    public sealed record NotFound : MoveResult;

    /// <summary>Decides a move: first whether it is legal, then who signs, then its arguments. Pure.</summary>
    public static MoveResult Of(EmergencyRecord current, EmergencyMove move, EmergencyPlans plans, Func<EmergencyRecord, LevelRule, bool> maySign, DateTimeOffset now)
    {
        if (EmergencyTransitions.Next(current.State, move.Action) is not { } next)
        {
            return new Illegal(current, EmergencyTransitions.CommandsFrom(current.State));
        }

        if (move.Signs(current) is { } level && plans.Find(current.PlanCode)?.Levels[level] is { } rule && !maySign(current, rule))
        {
            return new Unsigned(current, level, rule);
        }

        var problems = move.Problems(current).ToList();
        return problems.Count > 0
            ? new Refused(current, problems)
            : new Changed(current, move.Apply(current with { State = next, Version = current.Version + 1 }, now));
    }
}
