namespace CityBrain.Cases;

/// <summary>Decides what a command does to a case. Pure: the same inputs give the same outcome.</summary>
public static class CaseChange
{
    private const int RememberedCommands = 8;

    /// <summary>The next version of the case, or why there is none.</summary>
    /// <param name="current">The case as it stands.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="context">When, by whom, where.</param>
    /// <param name="commandKey">Idempotency key of the request, if it has one.</param>
    public static ChangeResult Decide(Case current, CaseCommand command, ChangeContext context, string? commandKey = null)
    {
        if (commandKey is not null && current.RecentCommands.Contains(commandKey, StringComparer.Ordinal))
        {
            return new ChangeResult.Repeated(current);
        }

        if (CaseTransitions.Next(current.State, command.Action) is not { } next)
        {
            return new ChangeResult.Illegal(current, command.Action, CaseTransitions.CommandsFrom(current.State));
        }

        if (command.Conflict(current, context) is { } conflict)
        {
            return new ChangeResult.Refused(current, [conflict.Detail], conflict);
        }

        var problems = command.Problems(current, context).ToList();
        if (problems.Count > 0)
        {
            return new ChangeResult.Refused(current, problems);
        }

        var applied = command.Apply(current, context);
        var changed = applied with
        {
            // Only where triage is new: a map that changes later moves no case by itself.
            Triage = ReferenceEquals(applied.Triage, current.Triage) ? current.Triage : applied.Triage?.PlacedIn(context.City.Areas),
            State = next,
            Version = current.Version + 1,
            ChangedAt = context.Now,
            EndedAt = CaseTransitions.IsEnd(next) ? current.EndedAt ?? context.Now : null,
            RecentCommands = commandKey is null ? current.RecentCommands : [.. current.RecentCommands.TakeLast(RememberedCommands - 1), commandKey],
        };
        return new ChangeResult.Changed(current, changed);
    }
}

/// <summary>What came of a wanted change.</summary>
public abstract record ChangeResult
{
    /// <summary>It was written.</summary>
    public sealed record Changed(Case Before, Case After) : ChangeResult;

    /// <summary>Nothing was to be done.</summary>
    public sealed record Unchanged(Case Current) : ChangeResult;

    /// <summary>The same command was already carried out.</summary>
    public sealed record Repeated(Case Current) : ChangeResult;

    /// <summary>Not legal in this state.</summary>
    public sealed record Illegal(Case Current, CaseAction Action, IReadOnlyList<CaseAction> Legal) : ChangeResult;

    /// <summary>Legal in the state, but its arguments are not good, or the standing of the case is in conflict with it.</summary>
    public sealed record Refused(Case Current, IReadOnlyList<string> Problems, CommandConflict? Conflict = null) : ChangeResult;

    /// <summary>The case has moved on since the version that the caller named.</summary>
    public sealed record Stale(Case Current) : ChangeResult;

    /// <summary>No such case.</summary>
    public sealed record NotFound : ChangeResult;

    /// <summary>The case as it stands now; null when there is none.</summary>
    public Case? Case => this switch
    {
        Changed changed => changed.After,
        Unchanged unchanged => unchanged.Current,
        Repeated repeated => repeated.Current,
        Illegal illegal => illegal.Current,
        Refused refused => refused.Current,
        Stale stale => stale.Current,
        _ => null,
    };
}
