using CityBrain.Cases;
using CityBrain.Language;

namespace CityBrain.Feedback;

/// <summary>The gate is in doubt: the reply waits for a person other than its author, on the working calendar. 复核</summary>
public sealed record AskReplyReview(ReplyFinding Finding) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.AskReplyReview;

    /// <inheritdoc/>
    public override string Summary => ReplyReasons.Of(Finding);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        current.ReplyReview is null ? [] : ["The gate has looked at this reply."];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with
    {
        ReplyReview = new ReplyReview(Finding, context.Now) { DueAt = context.City.Calendar.Add(context.Now, context.City.Dispatch.ReplyReview) },
    };
}

/// <summary>
/// A colleague of the author, or a duty officer, says whether the reply goes to the reporter; with a reason when it does not. What the reporter called unsolved
/// before passes only when the reviewer looked on the spot. 现场核查
/// </summary>
public sealed record ReviewReply(bool? Passes, string? Note, bool OnSite = false) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.ReviewReply;

    /// <inheritdoc/>
    public override string Summary => (Passes is true ? "passes" : "goes back") + (OnSite ? ", seen on the spot" : "") + (string.IsNullOrWhiteSpace(Note) ? "" : ": " + Note.Trim());

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context) => current switch
    {
        { ReplyReview: null or { DueAt: null } } => new("NOT_IN_REVIEW", "No review of this reply is waited for."),
        { ReplyReview: { DecidedAt: { } at, DecidedBy: { } reviewer } } => new("REVIEWED", $"{reviewer} reviewed the reply at {at:O}."),
        { Reply.By: var author } when author == context.Actor.Name =>
            new("OWN_REPLY", "Nobody reviews a reply of their own: another member of the department decides, with a key of their own, or a duty officer."),
        _ => null,
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (Passes is null)
        {
            yield return "Say whether the reply passes: true or false.";
        }

        if (Passes is true && !OnSite && current.ReplyReview!.Finding.Faults.Contains(ReplyFault.CalledUnsolved))
        {
            yield return "The reporter called it unsolved before: look on the spot, and say so with onSite.";
        }

        if (Passes is false && string.IsNullOrWhiteSpace(Note))
        {
            yield return "Give a note: the department must know what to mend.";
        }

        foreach (var problem in TooLong(("note", Note)))
        {
            yield return problem;
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with
    {
        ReplyReview = current.ReplyReview! with
        {
            DecidedBy = context.Actor.Name,
            DecidedAt = context.Now,
            Passes = Passes,
            OnSite = OnSite,
            Note = string.IsNullOrWhiteSpace(Note) ? null : Redactor.Redact(Note.Trim()),
        },
    };
}

/// <summary>The time for the review of a reply is over, and nobody decided; the duty officers are told, and the reply goes on waiting.</summary>
public sealed record LapseReplyReview : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.LapseReplyReview;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        current.ReplyReview is { IsOpen: true, LapsedAt: null } review && review.DueAt <= context.Now ? [] : ["No review of a reply is overdue."];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { ReplyReview = current.ReplyReview! with { LapsedAt = context.Now } };
}
