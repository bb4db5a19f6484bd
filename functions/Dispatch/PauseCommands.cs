using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;

namespace CityBrain.Dispatch;

/// <summary>Pauses the case for a listed reason, on evidence, with a cap. 挂起</summary>
public sealed record Suspend(string Reason, string Evidence, DateTimeOffset Until) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Suspend;

    /// <inheritdoc/>
    public override string Summary => $"{Reason} until {Until:O}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        var policy = context.City.Dispatch;
        if (!policy.PauseReasons.Contains(Reason ?? "", StringComparer.Ordinal))
        {
            yield return "reason must be one of: " + string.Join(", ", policy.PauseReasons) + ".";
        }

        if (string.IsNullOrWhiteSpace(Evidence))
        {
            yield return "Give the evidence (document, photo or order number).";
        }

        foreach (var problem in TooLong(("evidence", Evidence)))
        {
            yield return problem;
        }

        var left = policy.PauseCap - DispatchFacts.Of(current).Pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause.Length);
        if (Until <= context.Now || Until > context.Now + left)
        {
            yield return $"until must lie in the future, and all pauses of a case together take at most {policy.PauseCapDays} days; {Math.Max(0, left.TotalDays):0.##} are left.";
        }
        else if (Until > context.Now.AddDays(policy.UnapprovedPauseDays) && !context.Actor.IsDuty)
        {
            yield return $"A pause of more than {policy.UnapprovedPauseDays} days is approved by a duty officer, who gives this command.";
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { Suspension = new Suspension(Reason, Redactor.Redact(Evidence), context.Now, Until) };
}

/// <summary>Ends a pause; the resolve clock moves on by what the pause took, up to its cap.</summary>
public sealed record Resume : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Resume;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var (limits, calendar) = (Assigning.LimitsOf(current, context.City), context.City.Calendar);
        var pause = current.Suspension!;
        var span = new PauseSpan(pause.Since, context.Now < pause.Until ? context.Now : pause.Until);
        var facts = DispatchFacts.Of(current);
        return Pausing.Moved(current, SlaClock.PauseLength(span, limits, calendar), limits, calendar) with
        {
            Suspension = null,
            Dispatch = facts with { Pauses = [.. facts.Pauses, span] },
        };
    }
}

/// <summary>More time for the reply, by a duty officer who names the approver; capped over the life of the case. 延期</summary>
public sealed record Extend(double WorkingDays, string Reason, string ApprovedBy) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Extend;

    // Tenths of days do not add up exactly.
    private const double Rounding = 1e-9;

    /// <inheritdoc/>
    public override string Summary => $"{WorkingDays} working days, approved by {ApprovedBy}: {Reason}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        var left = context.City.Dispatch.ExtensionCapDays - DispatchFacts.Of(current).ExtendedDays;
        if (!(WorkingDays > 0 && WorkingDays <= left + Rounding))
        {
            yield return $"workingDays must be above 0; all extensions of a case together give at most {context.City.Dispatch.ExtensionCapDays} working days, and {Math.Max(0, left):0.##} are left.";
        }

        if (string.IsNullOrWhiteSpace(Reason) || string.IsNullOrWhiteSpace(ApprovedBy))
        {
            yield return "Give the reason and who approved it (role).";
        }

        foreach (var problem in TooLong(("reason", Reason), ("approvedBy", ApprovedBy)))
        {
            yield return problem;
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var (limits, calendar) = (Assigning.LimitsOf(current, context.City), context.City.Calendar);
        var (facts, clocks) = (DispatchFacts.Of(current), current.Assignment!.Clocks);
        var extended = current with
        {
            Assignment = current.Assignment with { Clocks = clocks with { ExtendedDays = clocks.ExtendedDays + WorkingDays } },
            Dispatch = facts with { ExtendedDays = facts.ExtendedDays + WorkingDays },
        };
        return Pausing.Moved(extended, SlaClock.ExtensionLength(WorkingDays, limits, calendar), limits, calendar);
    }
}

/// <summary>Moves the resolve clock of a case.</summary>
internal static class Pausing
{
    /// <summary>The case with its resolve clock moved on by an amount of its own kind of time.</summary>
    public static Case Moved(Case current, TimeSpan amount, TimeLimits limits, WorkingCalendar calendar) => current with
    {
        Assignment = current.Assignment! with { Clocks = SlaClock.Add(current.Assignment.Clocks, amount, limits, calendar) },
    };
}
