using CityBrain.Cases;
using CityBrain.Language;

namespace CityBrain.Dispatch;

/// <summary>
/// Sends the case back: why (a code of the city's list), on what basis, and whose it should be; within the city's window after the dispatch.
/// Until another department signs, the first receiver leads 首接. 退回
/// </summary>
public sealed record Return(string Reason, string Basis, string ProposedOwner) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Return;

    /// <inheritdoc/>
    public override string SummaryOf(Case before, Case after) => $"{before.Assignment!.Department} refuses: {Reason}; proposes {ProposedOwner}; {after.Dispatch!.ActingLead} leads until another signs";

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context) => Assigning.OutOfList(ProposedOwner, current, context);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        var (assignment, policy) = (current.Assignment!, context.City.Dispatch);
        if (!policy.ReturnReasons.Contains(Reason ?? "", StringComparer.Ordinal))
        {
            yield return "reason must be one of: " + string.Join(", ", policy.ReturnReasons) + ".";
        }

        if (string.IsNullOrWhiteSpace(Basis))
        {
            yield return "Give the basis (rule or document).";
        }

        foreach (var problem in Assigning.Problems(ProposedOwner, context).Select(problem => "proposedOwner: " + problem).Concat(TooLong(("basis", Basis))))
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

        var end = context.City.Calendar.Add(assignment.Clocks.StartedAt, policy.ReturnWindow);
        if (context.Now > end)
        {
            yield return $"The return window of {policy.ReturnWindow} ended at {end:O}; ask a duty officer to reassign the case.";
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var (facts, holder) = (DispatchFacts.Of(current), current.Assignment!.Department);
        var note = new ReturnNote(Reason, Redactor.Redact(Basis), ProposedOwner, holder, context.Now);
        return current with
        {
            Returns = current.Returns + 1,
            LastReturn = note,
            Dispatch = facts with { Refusals = [.. facts.Refusals, note], ActingLead = facts.ActingLead ?? holder },
        };
    }
}
