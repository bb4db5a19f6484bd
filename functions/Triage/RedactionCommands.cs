using CityBrain.Cases;

namespace CityBrain.Triage;

/// <summary>The wording is redacted and can be shown. 脱敏</summary>
public sealed record ShowRedacted(string Title, string Text, string? Address) : CaseCommand
{
    /// <summary>The language, where a service is sure of it; null leaves what intake found.</summary>
    public string? Language { get; init; }

    /// <summary>Names of places in the wording, redacted; null when there is none.</summary>
    public IReadOnlyList<string>? NamedPlaces { get; init; }

    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Note;

    /// <inheritdoc/>
    public override string Summary => "wording redacted";

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with
    {
        Title = Title,
        Text = Text,
        Address = Address,
        Language = Language ?? current.Language,
        NamedPlaces = NamedPlaces,
        Redaction = null,
    };
}

/// <summary>Redacting failed: the wording stays withheld until it succeeds.</summary>
public sealed record WithholdLonger : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Note;

    /// <inheritdoc/>
    public override string Summary => "wording withheld: it could not be redacted and will be tried again";

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { Redaction = (current.Redaction ?? new RedactionDue(0, context.Now)).AfterFailure(context.Now) };
}
