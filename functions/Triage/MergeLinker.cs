using CityBrain.Cases;
using Microsoft.DurableTask.Client;

namespace CityBrain.Triage;

/// <summary>
/// Tells a master case of those that were merged into it, so that each reporter is called back with it. When the master is itself merged, its
/// subscribers follow it; when a merge is undone, the subscriber leaves.
/// </summary>
public sealed class MergeLinker(CaseStore cases, CaseSubscribers subscribers) : IOutboxHandler
{
    /// <summary>Merges of merges that are followed; a circle of two that were merged into each other at one moment ends here.</summary>
    private const int LongestChain = 8;

    /// <inheritdoc/>
    public async Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var caseId = entry.After.CaseId;
        if (entry.Step.Action is CaseAction.Merge && entry.After.MergedInto is { } into)
        {
            var master = await RootAsync(into, cancellationToken);
            await LinkAsync(master, caseId, durable, cancellationToken);
            foreach (var follower in await subscribers.OfAsync(caseId, cancellationToken))
            {
                await subscribers.AddAsync(master, follower, cancellationToken);
            }
        }
        else if (entry.Step.Action is CaseAction.Unmerge && entry.Before?.MergedInto is { } from)
        {
            await subscribers.RemoveAsync(from, caseId, cancellationToken);
            await subscribers.RemoveAsync(await RootAsync(from, cancellationToken), caseId, cancellationToken);
        }
    }

    /// <summary>The count goes first and the row last: a delivery that was cut off between them counts again only under the key of the first time.</summary>
    private async Task LinkAsync(string master, string caseId, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (await subscribers.ContainsAsync(master, caseId, cancellationToken) || await cases.FindAsync(caseId, cancellationToken) is not { State: CaseState.Merged } merged)
        {
            return;
        }

        CaseCommand news = merged.MergedAs is MergeKind.SamePerson ? new Urge(caseId) : new Subscribe(caseId);
        await cases.ChangeAsync(master, news, Actor.Lifecycle, durable, commandKey: "merged/" + caseId, cancellationToken: cancellationToken);
        await subscribers.AddAsync(master, caseId, cancellationToken);
    }

    private async Task<string> RootAsync(string caseId, CancellationToken cancellationToken)
    {
        for (var hops = 0; hops < LongestChain && await cases.FindAsync(caseId, cancellationToken) is { MergedInto: { } next }; hops++)
        {
            caseId = next;
        }

        return caseId;
    }
}
