using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;

namespace CityBrain.Dispatch;

/// <summary>Sends the case to a department and starts the clocks; a further dispatch is a further round.</summary>
public sealed record DispatchTo(string Department) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Dispatch;

    /// <inheritdoc/>
    public override string Summary => "to " + Department;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => Assigning.To(Department, current, context);
}

/// <summary>Signs for the case. 签收</summary>
public sealed record Accept : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Accept;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { Assignment = current.Assignment! with { AcceptedAt = context.Now } };
}

/// <summary>Sends the case back: why, on what basis, and whose it should be. Within two working days of the dispatch. 退回</summary>
public sealed record Return(string Reason, string Basis, string ProposedOwner) : CaseCommand
{
    /// <summary>Shandong's rule: a return comes within two working days.</summary>
    public static WorkDuration Window { get; } = WorkDuration.WorkingDays(2);

    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Return;

    /// <inheritdoc/>
    public override string Summary => $"{Reason}; proposes {ProposedOwner}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        var assignment = current.Assignment!;
        if (string.IsNullOrWhiteSpace(Reason) || string.IsNullOrWhiteSpace(Basis))
        {
            yield return "Give a reason and its basis (rule or document).";
        }

        foreach (var problem in Assigning.Problems(ProposedOwner, current, context).Select(problem => "proposedOwner: " + problem).Concat(TooLong(("reason", Reason), ("basis", Basis))))
        {
            yield return problem;
        }

        if (ProposedOwner == assignment.Department)
        {
            yield return "proposedOwner must be another department.";
        }

        if (assignment.Binding)
        {
            yield return "The arbiter's decision is binding; the case cannot be returned.";
        }

        if (context.Now > context.City.Calendar.Add(assignment.Clocks.StartedAt, Window))
        {
            yield return "The return window of two working days is over.";
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with
    {
        Returns = current.Returns + 1,
        LastReturn = new ReturnNote(Redactor.Redact(Reason), Redactor.Redact(Basis), ProposedOwner, current.Assignment!.Department, context.Now),
    };
}

/// <summary>Takes a second return to the arbiter.</summary>
public sealed record EscalateReturn : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.EscalateReturn;
}

/// <summary>Names the owner, binding. 仲裁</summary>
public sealed record Arbitrate(string Department, string Basis) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Arbitrate;

    /// <inheritdoc/>
    public override string Summary => $"to {Department}: {Basis}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        Assigning.Problems(Department, current, context).Concat(TooLong(("basis", Basis))).Concat(string.IsNullOrWhiteSpace(Basis) ? ["Give the basis of the decision."] : []);

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var assigned = Assigning.To(Department, current, context);
        return assigned with { Assignment = assigned.Assignment! with { Binding = true } };
    }
}

/// <summary>Hands the case to another department, by a duty officer. 改派</summary>
public sealed record Reassign(string Department, string Reason) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Reassign;

    /// <inheritdoc/>
    public override string Summary => $"to {Department}: {Reason}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        Assigning.Problems(Department, current, context).Concat(TooLong(("reason", Reason))).Concat(string.IsNullOrWhiteSpace(Reason) ? ["Give a reason."] : []);

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => Assigning.To(Department, current, context);
}

/// <summary>Somebody is on the spot. 报到</summary>
public sealed record Arrive : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Arrive;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { Assignment = current.Assignment! with { ArrivedAt = context.Now } };
}

/// <summary>Tells of a rung of the ladder; the case itself stays as it is.</summary>
public sealed record Remind(ClockKind Clock, int Percent) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Remind;

    /// <inheritdoc/>
    public override string Summary => $"{Clock} {Percent}%";

    /// <inheritdoc/>
    public override ClockRung RungOf(Case changed) => new(Clock, Percent, changed.Assignment!.Clocks.Due(Clock));

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        current.Assignment?.Clocks.Rungs.GetValueOrDefault(Clock) >= Percent ? ["Already told of this rung."] : [];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var assignment = current.Assignment!;
        var rungs = new Dictionary<ClockKind, int>(assignment.Clocks.Rungs) { [Clock] = Percent };
        return current with { Assignment = assignment with { Clocks = assignment.Clocks with { Rungs = rungs } } };
    }
}
