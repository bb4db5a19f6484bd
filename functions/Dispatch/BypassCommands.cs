using CityBrain.Cases;
using CityBrain.Language;

namespace CityBrain.Dispatch;

/// <summary>A duty officer looks at a task that passed the gate because life was at risk, and says whether that was right.</summary>
public sealed record ReviewBypass(bool? Justified, string Reason) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.ReviewBypass;

    /// <inheritdoc/>
    public override string Summary => $"{(Justified is true ? "justified" : "not justified")}: {Reason}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (current.Dispatch?.Bypass is not { } bypass)
        {
            yield return "The case did not pass the gate for the sake of life; there is nothing to review.";
        }
        else if (bypass.ReviewedAt is { } at)
        {
            yield return $"It was reviewed at {at:O}.";
        }

        if (Justified is null)
        {
            yield return "Say whether it was justified: true or false.";
        }

        foreach (var problem in string.IsNullOrWhiteSpace(Reason) ? ["Give a reason."] : TooLong(("reason", Reason)))
        {
            yield return problem;
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with
    {
        Dispatch = current.Dispatch! with
        {
            Bypass = current.Dispatch.Bypass! with { ReviewedBy = context.Actor.Name, ReviewedAt = context.Now, Justified = Justified, Reason = Redactor.Redact(Reason) },
        },
    };
}

/// <summary>The time for the review of a bypass is over, and nobody reviewed it; the duty officers are told.</summary>
public sealed record LapseBypass : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.LapseBypass;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        current.Dispatch?.Bypass is { IsOpen: true } bypass && bypass.DueAt <= context.Now ? [] : ["No review of a bypass is overdue."];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { Dispatch = current.Dispatch! with { Bypass = current.Dispatch.Bypass! with { LapsedAt = context.Now } } };
}
