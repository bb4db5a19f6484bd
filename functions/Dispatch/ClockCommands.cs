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

/// <summary>Corrects the category of a case that a department has; it keeps its department, its elapsed time and its pauses. 变更类别</summary>
public sealed record Reclassify(string CategoryCode, string Reason) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Reclassify;

    /// <inheritdoc/>
    public override string SummaryOf(Case before, Case after) => $"{before.Triage!.CategoryCode} becomes {CategoryCode}: {Reason}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (context.City.Catalogue.Find(CategoryCode ?? "") is not { } item)
        {
            yield return $"categoryCode '{CategoryCode}' is not in the catalogue.";
        }
        else if (context.City.Departments.Find(current.Assignment!.Department) is { } holder && ReleaseGate.NeedsRelease(item, holder, context.City.Areas))
        {
            yield return $"'{item.Code}' is not on the list of the level of '{holder.Id}'; reassign the case first.";
        }

        if (CategoryCode == current.Triage!.CategoryCode)
        {
            yield return "The case is of that category.";
        }

        foreach (var problem in string.IsNullOrWhiteSpace(Reason) ? ["Give a reason."] : TooLong(("reason", Reason)))
        {
            yield return problem;
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var item = context.City.Catalogue.Find(CategoryCode)!;
        var assignment = current.Assignment!;
        var clocks = SlaClock.Change(assignment.Clocks, DispatchFacts.Of(current).Pauses, item.Limits, context.Now, context.City.Calendar);
        return current with
        {
            Triage = current.Triage! with
            {
                CategoryCode = item.Code,
                CatalogueVersion = item.Version,
                Urgency = item.Urgency,
                CoDepartments = item.CoDepartments,
                DecidedBy = "person:" + context.Actor.Name,
                Why = "category corrected after dispatch",
            },
            Assignment = assignment with { Clocks = clocks },
        };
    }
}
