using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;

namespace CityBrain.Dispatch;

/// <summary>Pauses the case for a listed reason, on evidence, with a cap. 挂起</summary>
public sealed record Suspend(string Reason, string Evidence, DateTimeOffset Until) : CaseCommand
{
    /// <summary>The only reasons for which the clocks may stop.</summary>
    public static IReadOnlySet<string> ListedReasons { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "weather", "legal-procedure", "waiting-for-reporter", "waiting-for-parts", "joint-project",
    };

    /// <summary>No pause is longer than this.</summary>
    public static TimeSpan Cap { get; } = TimeSpan.FromDays(90);

    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Suspend;

    /// <inheritdoc/>
    public override string Summary => $"{Reason} until {Until:O}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (!ListedReasons.Contains(Reason ?? ""))
        {
            yield return "reason must be one of: " + string.Join(", ", ListedReasons) + ".";
        }

        if (string.IsNullOrWhiteSpace(Evidence))
        {
            yield return "Give the evidence (document, photo or order number).";
        }

        foreach (var problem in TooLong(("evidence", Evidence)))
        {
            yield return problem;
        }

        if (Until <= context.Now || Until > context.Now + Cap)
        {
            yield return $"until must lie in the future, at most {Cap.TotalDays:F0} days from now.";
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
        var paused = SlaClock.PauseLength(pause, context.Now < pause.Until ? context.Now : pause.Until, limits, calendar);
        return Pausing.Moved(current, paused, limits, calendar) with { Suspension = null };
    }
}

/// <summary>More time for the reply, approved by name. 延期</summary>
public sealed record Extend(double WorkingDays, string Reason, string ApprovedBy) : CaseCommand
{
    /// <summary>The longest single extension, in working days.</summary>
    public const double MostDays = 15;

    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Extend;

    /// <inheritdoc/>
    public override string Summary => $"{WorkingDays} working days, approved by {ApprovedBy}: {Reason}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (WorkingDays is not (> 0 and <= MostDays))
        {
            yield return $"workingDays must be above 0 and at most {MostDays}.";
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
        var more = limits.Resolve.IsRoundTheClock ? TimeSpan.FromDays(WorkingDays) : calendar.Length(WorkDuration.WorkingDays(WorkingDays));
        return Pausing.Moved(current, more, limits, calendar);
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
