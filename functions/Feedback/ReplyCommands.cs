using System.Globalization;
using CityBrain.Cases;
using CityBrain.Language;

namespace CityBrain.Feedback;

/// <summary>The department says what it did. 答复</summary>
public sealed record Reply(string Text) : CaseCommand
{
    /// <summary>Longest reply, in characters.</summary>
    public const int MaxLength = 4000;

    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Reply;

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context) =>
        current.Items?.Where(item => !item.IsSettled).Select(item => item.Key).ToList() is { Count: > 0 } open
            ? new CommandConflict("ITEMS_OPEN", $"There is one answer to the whole matter, and these items have none yet: {string.Join(", ", open)}.")
            : null;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        string.IsNullOrWhiteSpace(Text) ? ["Give the text of the reply."]
        : Text.Length > MaxLength ? [$"text has {Text.Length} characters; at most {MaxLength} fit."]
        : [];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { Reply = new CaseReply(Redactor.Redact(Text.Trim()), context.Actor.Name, context.Now), ReplyReview = null };
}

/// <summary>The reply passed the gate: a round of asking the reporter begins.</summary>
/// <param name="AnswerWindow">How long the reporter may answer.</param>
/// <param name="Finding">What the gate found; null when a reviewer decided: then the case has it.</param>
public sealed record PassReply(TimeSpan AnswerWindow, ReplyFinding? Finding = null) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.PassReply;

    /// <inheritdoc/>
    public override string? SummaryOf(Case before, Case after) => after.ReplyReview is not { } review ? null
        : review.DecidedBy is { } reviewer ? string.Create(CultureInfo.InvariantCulture, $"score {review.Finding.Score:0.00}, passed by {reviewer}")
        : ReplyReasons.Of(review.Finding);

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with
    {
        ReplyReview = Finding is null ? current.ReplyReview : new ReplyReview(Finding, context.Now),
        Feedback = new FeedbackRound((current.Feedback?.Number ?? 0) + 1, context.Now, context.Now + AnswerWindow) { Tries = [new ReporterTry(context.Now)] },
        Answer = null,
    };
}

/// <summary>The reply failed the gate and goes back with the reasons.</summary>
/// <param name="Reasons">Why, for the department.</param>
/// <param name="Finding">What the gate found; null when a reviewer decided: then the case has it.</param>
public sealed record RejectReply(IReadOnlyList<string> Reasons, ReplyFinding? Finding = null) : CaseCommand
{
    private const int Remembered = 8;

    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.RejectReply;

    /// <inheritdoc/>
    public override string Summary => string.Join(" ", Reasons);

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with
    {
        ReplyReview = Finding is null ? current.ReplyReview : new ReplyReview(Finding, context.Now),
        RejectedReplies = [.. (current.RejectedReplies ?? []).TakeLast(Remembered - 1), ReplyGate.Fingerprint(current.Reply!.Text)],
    };
}
