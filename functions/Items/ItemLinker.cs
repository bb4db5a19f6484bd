using CityBrain.Cases;
using Microsoft.DurableTask.Client;

namespace CityBrain.Items;

/// <summary>
/// Keeps a matter and the cases of its items together: files those whose turn has come, settles those that have ended, sends back those that must be
/// done again. What is told twice is done once.
/// </summary>
public sealed class ItemLinker(CaseStore cases) : IOutboxHandler
{
    /// <summary>The parent, as an actor in the history of its items.</summary>
    private static readonly Actor Parent = new("parent", ActorKind.Staff);

    /// <inheritdoc/>
    public Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken) => (entry.Step.Action, entry.After) switch
    {
        (CaseAction.Split or CaseAction.SettleItem, _) => FileAsync(entry.After.CaseId, durable, cancellationToken),
        (CaseAction.RedoItem, _) => ReopenAsync(entry, durable, cancellationToken),
        (_, { ParentId: { } parent }) when CaseTransitions.IsEnd(entry.After.State) => SettleAsync(entry.After.CaseId, parent, durable, cancellationToken),
        _ => Task.CompletedTask,
    };

    private async Task FileAsync(string parentId, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(parentId, cancellationToken) is not { Items: { } items } parent || CaseTransitions.IsEnd(parent.State))
        {
            return;
        }

        foreach (var item in items.Where(item => item.Standing is ItemStanding.Open))
        {
            await cases.FileAsync(DraftOf(parent, item), Parent, durable, cancellationToken);
        }
    }

    private async Task SettleAsync(string caseId, string parentId, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        // An item that went on after its end is settled by its next end.
        if (await cases.FindAsync(caseId, cancellationToken) is { ItemOf: { } item } ended && CaseTransitions.IsEnd(ended.State))
        {
            var answer = ended.State is CaseState.Closed ? ended.Reply?.Text : null;
            await cases.ChangeAsync(parentId, new SettleItem(item.Key, answer, ended.Assignment?.Department), Parent, durable, commandKey: $"{caseId}/{ended.Version}", cancellationToken: cancellationToken);
        }
    }

    private async Task ReopenAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var parent = await cases.FindAsync(entry.After.CaseId, cancellationToken);
        foreach (var item in parent?.Items?.Where(item => item.Standing is ItemStanding.Open && item.RedoneBy == entry.After.Version) ?? [])
        {
            await cases.ChangeAsync(
                CaseItem.CaseIdOf(parent!.Id, item.Key), new ReopenItem(entry.Step.Summary ?? ""), Parent, durable, commandKey: "redo/" + entry.After.Version, cancellationToken: cancellationToken);
        }
    }

    private static Case DraftOf(Case parent, CaseItem item) => new()
    {
        Id = CaseItem.CaseIdOf(parent.Id, item.Key),
        Origin = new CaseOrigin(OriginKind.Item, "item", $"{parent.Id}/{item.Key}"),
        ItemOf = new ParentItem(parent.Id, item.Key, item.CategoryCode, parent.Triage?.AreaId),
        Title = item.Task,
        Text = parent.Text,
        Language = parent.Language,
        OccurredAt = parent.OccurredAt,
        Point = parent.Point,
        Address = parent.Address,
        Attachments = parent.Attachments,
    };
}
