using CityBrain.Cases;

namespace CityBrain.Dispatch;

/// <summary>Sends the case to a department and starts the clocks; a further dispatch is a further round.</summary>
/// <param name="Department">To which.</param>
/// <param name="RuleId">The routing rule that chose it; null when the catalogue or a person did.</param>
/// <param name="Bypass">True when it passes the gate because life is at risk.</param>
public sealed record DispatchTo(string Department, string? RuleId = null, bool Bypass = false) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Dispatch;

    /// <inheritdoc/>
    public override string Summary => $"to {Department}{(RuleId is null ? "" : $" by rule {RuleId}")}{(Bypass ? $"; {ReleaseGate.Code} passed, life at risk" : "")}{BurdenWords}";

    /// <summary>What the cap of open tasks did to it; null when it did nothing.</summary>
    public BurdenNote? Burden { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        current is { State: CaseState.Dispatched or CaseState.Accepted or CaseState.Handling or CaseState.Suspended, Dispatch: null or { Reroute: null } } ? ["A department has the case, and no rule sends it elsewhere."] : [];

    private string BurdenWords => Burden is not { } note ? ""
        : $"; {note.Worker} has {note.Open} open tasks of {note.Cap}{(note.Passed is { } pass ? $", passed: {pass}" : "")}";

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var sent = Assigning.To(Department, current, context, RuleId);
        sent = Burden is null ? sent : sent with { Dispatch = DispatchFacts.Of(sent) with { Burden = Burden } };
        return !Bypass ? sent : sent with
        {
            Dispatch = DispatchFacts.Of(sent) with { Bypass = new BypassReview(context.Now, context.City.Calendar.Add(context.Now, context.City.Dispatch.BypassReview)) },
        };
    }
}

/// <summary>Signs for the case. 签收</summary>
public sealed record Accept : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Accept;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with
        {
            Assignment = current.Assignment! with { AcceptedAt = context.Now },
            Dispatch = current.Dispatch is { } facts ? facts with { ActingLead = null } : null,
        };
}

/// <summary>Takes a second return, or a case that was reopened too often, to the arbiter.</summary>
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
    public override CommandConflict? Conflict(Case current, ChangeContext context) => Assigning.OutOfList(Department, current, context);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        Assigning.Problems(Department, context).Concat(TooLong(("basis", Basis))).Concat(string.IsNullOrWhiteSpace(Basis) ? ["Give the basis of the decision."] : []);

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
    public override CommandConflict? Conflict(Case current, ChangeContext context) => Assigning.OutOfList(Department, current, context);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        Assigning.Problems(Department, context).Concat(TooLong(("reason", Reason))).Concat(string.IsNullOrWhiteSpace(Reason) ? ["Give a reason."] : []);

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
