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
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        string.IsNullOrWhiteSpace(Text) ? ["Give the text of the reply."]
        : Text.Length > MaxLength ? [$"text has {Text.Length} characters; at most {MaxLength} fit."]
        : [];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { Reply = new CaseReply(Redactor.Redact(Text.Trim()), context.Actor.Name, context.Now) };
}

/// <summary>The reply passed the gate: a round of asking the reporter begins.</summary>
public sealed record PassReply(TimeSpan AnswerWindow) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.PassReply;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with
    {
        Feedback = new FeedbackRound((current.Feedback?.Number ?? 0) + 1, context.Now, context.Now + AnswerWindow) { Tries = [new ReporterTry(context.Now)] },
        Answer = null,
    };
}

/// <summary>The reply failed the gate and goes back with the reasons.</summary>
public sealed record RejectReply(IReadOnlyList<string> Reasons) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.RejectReply;

    /// <inheritdoc/>
    public override string Summary => string.Join(" ", Reasons);
}

/// <summary>What a reply must be before a reporter is asked about it. Pure.</summary>
public static class ReplyGate
{
    private const int ShortestLatin = 20;
    private const int ShortestChinese = 8;

    /// <summary>Why the reply cannot go to the reporter; none when it can.</summary>
    public static IReadOnlyList<string> Check(Case current)
    {
        var text = current.Reply?.Text ?? "";
        var ideographs = text.Count(c => c is >= '\u4e00' and <= '\u9fff');
        var reasons = new List<string>();
        if (ideographs < ShortestChinese && text.Length < ShortestLatin)
        {
            reasons.Add("The reply is too short to say what was done.");
        }

        if (text.Length > 0 && string.Equals(text, current.Text, StringComparison.OrdinalIgnoreCase))
        {
            reasons.Add("The reply repeats the appeal.");
        }

        return reasons;
    }
}
