using CityBrain.Cases;

namespace CityBrain.Sharing;

/// <summary>A duty officer reads the sealed record of a case, for a reason; the history says who and why.</summary>
public sealed record Unmask(string? Reason) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Note;

    /// <inheritdoc/>
    public override string SummaryOf(Case before, Case after) => $"unmasked: {Reason?.Trim()}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        string.IsNullOrWhiteSpace(Reason) ? ["Give a reason."] : TooLong(("reason", Reason));
}
