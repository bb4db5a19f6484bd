using CityBrain.Cases;

namespace CityBrain.Feedback;

/// <summary>The reporter did not answer: the next try of the same round.</summary>
public sealed record AskAgain : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.AskReporter;

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context) => CallbackPlan.ConflictOf(current, current.Feedback?.Number ?? 0);

    /// <inheritdoc/>
    public override string? SummaryOf(Case before, Case after) => $"try {after.Feedback!.Tries.Count}";

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { Feedback = current.Feedback! with { Tries = [.. current.Feedback.Tries, new ReporterTry(context.Now)] } };
}

/// <summary>The master case has its reply: the reporter of a case that was merged into it is asked too.</summary>
/// <param name="Master">The master's round.</param>
/// <param name="ExpiresAt">Until when the link is good.</param>
public sealed record AskSubscriber(MasterRound Master, DateTimeOffset ExpiresAt) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.AskReporter;

    /// <inheritdoc/>
    public override string Summary => $"with {Master.CaseId}";

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context) =>
        current.State is CaseState.Merged ? null : new CommandConflict("NOT_MERGED", "Only the reporter of a merged case is asked with another.");

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current.Feedback?.With == Master
        ? current with { Feedback = current.Feedback with { Tries = [.. current.Feedback.Tries, new ReporterTry(context.Now)] } }
        : current with
        {
            Feedback = new FeedbackRound((current.Feedback?.Number ?? 0) + 1, context.Now, ExpiresAt) { Tries = [new ReporterTry(context.Now)], With = Master },
            Answer = null,
        };
}

/// <summary>The hotline called and got no answer.</summary>
/// <param name="Round">The round of the link by which it reports.</param>
/// <param name="Result">Why there is no answer.</param>
public sealed record ReportCall(int Round, CallResult Result) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.ReportCall;

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context) =>
        CallbackPlan.ConflictOf(current, Round)
        ?? (current.Feedback!.Tries[^1].Result is not null ? new CommandConflict("CALL_REPORTED", "This try is reported already; wait until the city asks for the next call.") : null);

    /// <inheritdoc/>
    public override string? SummaryOf(Case before, Case after) => $"try {after.Feedback!.Tries.Count}: {Result}";

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { Feedback = current.Feedback! with { Tries = [.. current.Feedback.Tries.SkipLast(1), current.Feedback.Tries[^1] with { Result = Result }] } };
}

/// <summary>The reporter of a merged case answers. The case stays merged: what follows, follows on the master.</summary>
public sealed record AnswerAsSubscriber(AnswerFeedback Answer) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.AnswerAsSubscriber;

    /// <inheritdoc/>
    public override string Summary => Answer.Summary;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) => Answer.Problems(current, context);

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { Answer = Answer.AnswerAt(context.Now) };
}
