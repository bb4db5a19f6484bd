using CityBrain.Cases;
using CityBrain.Language;

namespace CityBrain.Feedback;

/// <summary>Somebody other than the author of the reply looked on the spot whether a case that nobody asked for is solved. 现场核查</summary>
/// <param name="Solved">What was found; required.</param>
/// <param name="Note">What is still wrong; required when it is not solved.</param>
public sealed record LookOnSpot(bool? Solved, string? Note) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.SpotCheck;

    /// <inheritdoc/>
    public override string Summary => (Solved is true ? "solved" : "not solved") + (string.IsNullOrWhiteSpace(Note) ? "" : ": " + Note.Trim());

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context) =>
        !ProactiveClosing.Applies(current) ? new("HAS_REPORTER", "Somebody asked for this case: that person says whether it is solved.")
        : ProactiveClosing.Verdict(current) is not null ? new("DECIDED", "It is decided already whether this case is solved.")
        : current.Reply?.By == context.Actor.Name ? new("OWN_REPLY", "Nobody checks work of their own: another member of the department looks, with a key of their own, or a duty officer.")
        : null;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (Solved is null)
        {
            yield return "Say whether it is solved: true or false.";
        }

        if (Solved is false && string.IsNullOrWhiteSpace(Note))
        {
            yield return "Give a note: the department must know what is left to do.";
        }

        foreach (var problem in TooLong(("note", Note)))
        {
            yield return problem;
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { SpotCheck = new SpotCheck(Solved is true, string.IsNullOrWhiteSpace(Note) ? null : Redactor.Redact(Note.Trim()), context.Actor.Name, context.Now) };
}

/// <summary>The trouble is there still, or again.</summary>
public sealed record FindRecurring(string Why) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.ReportUnsolved;

    /// <inheritdoc/>
    public override string Summary => Why;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { Answer = new ReporterAnswer(false, false, false, "", context.Now), Reopens = current.Reopens + 1 };
}

/// <summary>Notes on a warning's case that new signs of its trouble came.</summary>
public sealed record NoteRecurred(DateTimeOffset At) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Note;

    /// <inheritdoc/>
    public override string Summary => $"new signs at {At:O}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) => current.RecurredAt >= At ? ["Already noted."] : [];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { RecurredAt = At };
}
