using CityBrain.Cases;

namespace CityBrain.Dispatch;

/// <summary>Says that the reporter was contacted, and how; it stops the contact clock. 联系</summary>
public sealed record Contact(string How) : CaseCommand
{
    /// <summary>The ways of contacting a reporter.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["phone", "message", "visit"];

    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Contact;

    /// <inheritdoc/>
    public override string Summary => "by " + How;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (!Ways.Contains(How ?? "", StringComparer.Ordinal))
        {
            yield return "how must be one of: " + string.Join(", ", Ways) + ".";
        }

        if (current.Assignment?.Contact is { } contact)
        {
            yield return $"The reporter was already contacted at {contact.At:O}.";
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { Assignment = current.Assignment! with { Contact = new ContactNote(How, context.Actor.Name, context.Now) } };
}
