using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;

namespace CityBrain.Items;

/// <summary>The matter needs items of several departments 一件事: those listed, else those that the city lists for its category.</summary>
public sealed record Split(IReadOnlyList<SplitItem>? Items = null) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Split;

    /// <inheritdoc/>
    public override string? SummaryOf(Case before, Case after) => "into " + string.Join(", ", after.Items!.Select(item => item.After.Count == 0 ? item.Key : $"{item.Key} after {string.Join(" and ", item.After)}"));

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context) => current switch
    {
        { Items: not null } => new CommandConflict("ALREADY_SPLIT", "The matter has its items already; see items."),
        { ItemOf: not null } => new CommandConflict("IS_ITEM", "An item of another matter is not split again; whistle for the departments that must help."),
        _ => null,
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (Items is null)
        {
            return context.City.ThingOf(current.Triage?.CategoryCode) is null ? ["The city lists no items for this category; give items."] : [];
        }

        return ItemOrder.Faults([.. Items.Select(item => (item.Key ?? "", item.After ?? []))])
            .Concat(Items.Where(item => context.City.Catalogue.Find(item.Category ?? "") is null).Select(item => $"Item '{item.Key}': '{item.Category}' is no item of the catalogue."))
            .Concat(Items.Where(item => string.IsNullOrWhiteSpace(item.Task)).Select(item => $"Item '{item.Key}': say in task what is asked."))
            .Concat(Items.SelectMany(item => TooLong(($"task of '{item.Key}'", item.Task))));
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var items = Items?.Select(item => new CaseItem(item.Key, item.Category, Redactor.Redact(item.Task), item.After ?? []))
            ?? context.City.ThingOf(current.Triage?.CategoryCode)!.Items.Select(item => new CaseItem(item.Key, item.Category, item.Task.In(current.Language ?? "en"), item.After ?? []));
        return current with { Items = CaseItem.Begun([.. items]) };
    }
}

/// <summary>One item as it is asked for.</summary>
/// <param name="Key">Its name within the matter.</param>
/// <param name="Category">Code of a catalogue item.</param>
/// <param name="Task">What is asked of that department.</param>
/// <param name="After">The items that must be settled before; none: it begins at once.</param>
public sealed record SplitItem(string Key, string Category, string Task, IReadOnlyList<string>? After = null);

/// <summary>The case of an item has ended; those that waited for it begin.</summary>
/// <param name="Key">Which item.</param>
/// <param name="Answer">What the department answered; null when the case ended without an answer.</param>
/// <param name="Department">Who answered.</param>
public sealed record SettleItem(string Key, string? Answer, string? Department) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.SettleItem;

    /// <inheritdoc/>
    public override string Summary => $"{Key} {(Answer is null ? "dropped" : "done")}";

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context) =>
        current.Items?.Any(item => item.Key == Key && item.Standing is ItemStanding.Open) is true ? null : new CommandConflict("NOT_OPEN", $"Item '{Key}' is not open.");

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with
    {
        Items = CaseItem.Begun(
        [
            .. current.Items!.Select(item => item.Key == Key
                ? item with { Standing = Answer is null ? ItemStanding.Dropped : ItemStanding.Done, Answer = Answer, Department = Department }
                : item),
        ]),
    };
}

/// <summary>What was answered to an item does not do: its department has it again.</summary>
/// <param name="Key">Which item.</param>
/// <param name="Reason">What is missing.</param>
public sealed record RedoItem(string Key, string Reason) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.RedoItem;

    /// <inheritdoc/>
    public override string Summary => $"{Key}: {Reason}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        current.Items?.Any(item => item.Key == Key && item.Standing is ItemStanding.Done) is not true ? [$"'{Key}' is no item that is done; name one of items."]
        : string.IsNullOrWhiteSpace(Reason) ? ["Give a reason: what is missing."]
        : TooLong(("reason", Reason));

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        current with { Items = [.. current.Items!.Select(item => item.Key == Key ? item with { Standing = ItemStanding.Open, Answer = null, RedoneBy = current.Version + 1 } : item)] };
}

/// <summary>The reply to an item passed the gate: the parent has it, and no reporter is asked.</summary>
public sealed record CompleteItem : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.ConfirmSolved;

    /// <inheritdoc/>
    public override string Summary => "answered to the parent";
}

/// <summary>The parent sends an item back.</summary>
public sealed record ReopenItem(string Reason) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.ReportUnsolved;

    /// <inheritdoc/>
    public override string Summary => Reason;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { Reopens = current.Reopens + 1 };
}
