using CityBrain.Cases;
using CityBrain.Language;

namespace CityBrain.Feedback;

/// <summary>The reporter's answer to three separate questions: contacted, solved, satisfied. 回访</summary>
public sealed record AnswerFeedback(bool Contacted, bool Solved, bool Satisfied, string? Comment) : CaseCommand
{
    /// <summary>Longest comment, in characters.</summary>
    public const int MaxComment = 1000;

    /// <inheritdoc/>
    public override CaseAction Action => Solved ? CaseAction.ConfirmSolved : CaseAction.ReportUnsolved;

    /// <inheritdoc/>
    public override string Summary => $"contacted {Contacted}, solved {Solved}, satisfied {Satisfied}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        Comment?.Length > MaxComment ? [$"comment has {Comment.Length} characters; at most {MaxComment} fit."] : [];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with
    {
        Answer = AnswerAt(context.Now),
        Reopens = current.Reopens + (Solved ? 0 : 1),
    };

    /// <summary>The answer as it is kept, redacted.</summary>
    internal ReporterAnswer AnswerAt(DateTimeOffset now) => new(Contacted, Solved, Satisfied, Redactor.Redact(Comment ?? ""), now);
}

/// <summary>Nobody answered in time: closed, counted apart.</summary>
public sealed record CloseUnanswered : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.CloseUnanswered;

    /// <inheritdoc/>
    public override string? SummaryOf(Case before, Case after) =>
        before.Feedback?.Tries is [.., var last] tries ? $"{tries.Count} {(tries.Count == 1 ? "try" : "tries")}, the last: {last.Result?.ToString() ?? "nothing reported"}" : null;
}

/// <summary>A case that nobody asked for is solved: the device is back to normal, somebody looked on the spot, or no new sign came.</summary>
/// <param name="How">By what that is known.</param>
public sealed record ConfirmUnasked(string How) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.ConfirmSolved;

    /// <inheritdoc/>
    public override string Summary => How;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { Answer = new ReporterAnswer(false, true, true, "", context.Now) };
}
