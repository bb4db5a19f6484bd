using Azure;
using Azure.Data.Tables;
using CityBrain.City;
using CityBrain.Language;
using Microsoft.DurableTask.Client;

namespace CityBrain.Cases;

/// <summary>
/// Reads and changes cases. A change writes state, history, outbox and lists in one entity-group transaction under the case's ETag, and is then
/// handed to the <see cref="OutboxDispatcher"/>. Safe for concurrent use.
/// </summary>
public sealed class CaseStore(CityTables tables, CityModel city, OutboxDispatcher outbox, TimeProvider clock)
{
    // Each failed attempt means that another change went through, so many at one moment all come to their turn.
    private const int Attempts = 200;

    /// <summary>The case, or null.</summary>
    public async Task<Case?> FindAsync(string caseId, CancellationToken cancellationToken) =>
        await ReadAsync(caseId, cancellationToken) is { } stored ? stored.Case : null;

    /// <summary>Every step in the life of a case, oldest first; empty when there is no such case.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(string caseId, CancellationToken cancellationToken)
    {
        var steps = new List<HistoryEntry>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {CaseKeys.Partition(caseId)} and RowKey ge {CaseKeys.HistoryRow(caseId, 0)} and RowKey le {CaseKeys.HistoryRow(caseId, 999_999)}");
        await foreach (var row in tables.Cases.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            steps.Add(StoredJson.Read<HistoryEntry>(row));
        }

        return steps;
    }

    /// <summary>Files a new case, once: the second call with the same id returns the case that is there.</summary>
    /// <param name="draft">The case as intake made it; version, state and times are set here.</param>
    /// <param name="actor">Who files it.</param>
    /// <param name="durable">Durable client for the outbox.</param>
    /// <param name="cancellationToken">Gives up before the write, never after.</param>
    public async Task<(Case Case, bool Created)> FileAsync(Case draft, Actor actor, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var filed = draft with { State = CaseState.Filed, Version = 1, FiledAt = now, ChangedAt = now };
        var step = new HistoryEntry(1, now, actor.Name, actor.Kind, CaseAction.File, CaseState.Filed, CaseState.Filed, null);
        var entry = new OutboxEntry(null, CaseSummary.Of(filed), step) { AtOnce = filed.Risk is not null };
        try
        {
            await WriteAsync(filed, step, entry, null, cancellationToken);
        }
        catch (TableTransactionFailedException conflict) when (conflict.Status == 409)
        {
            var existing = await ReadAsync(draft.Id, cancellationToken)
                ?? throw new InvalidOperationException($"Case {draft.Id} could neither be written nor read.");
            return (existing.Case, false);
        }

        outbox.Post(entry, durable);
        return (filed, true);
    }

    /// <summary>Changes a case if the change is legal; of changes at the same moment, each sees the one before.</summary>
    /// <param name="caseId">Which case.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="durable">Durable client for the outbox.</param>
    /// <param name="expectedVersion">The version that the caller saw, if it insists on it.</param>
    /// <param name="commandKey">Idempotency key, if the caller gave one.</param>
    /// <param name="mayChange">Whether the caller may change the case as it stands; a case that it may not is not found.</param>
    /// <param name="cancellationToken">Gives up before the write, never after.</param>
    public Task<ChangeResult> ChangeAsync(
        string caseId,
        CaseCommand command,
        Actor actor,
        DurableTaskClient durable,
        int? expectedVersion = null,
        string? commandKey = null,
        Predicate<Case>? mayChange = null,
        CancellationToken cancellationToken = default) =>
        ChangeAsync(caseId, _ => command, actor, durable, expectedVersion, commandKey, mayChange, cancellationToken);

    /// <summary>The same, with the command decided on the version that it changes; null changes nothing.</summary>
    public Task<ChangeResult> DecideAsync(string caseId, Func<Case, CaseCommand?> decide, Actor actor, DurableTaskClient durable, CancellationToken cancellationToken) =>
        ChangeAsync(caseId, decide, actor, durable, null, null, null, cancellationToken);

    private async Task<ChangeResult> ChangeAsync(
        string caseId,
        Func<Case, CaseCommand?> decide,
        Actor actor,
        DurableTaskClient durable,
        int? expectedVersion,
        string? commandKey,
        Predicate<Case>? mayChange,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await ReadAsync(caseId, cancellationToken) is not { } stored || mayChange?.Invoke(stored.Case) is false)
            {
                return new ChangeResult.NotFound();
            }

            if (decide(stored.Case) is not { } command)
            {
                return new ChangeResult.Unchanged(stored.Case);
            }

            var result = CaseChange.Decide(stored.Case, command, new ChangeContext(clock.GetUtcNow(), actor, city), commandKey);
            if (expectedVersion is { } expected && expected != stored.Case.Version && result is not ChangeResult.Repeated)
            {
                return new ChangeResult.Stale(stored.Case);
            }

            if (result is not ChangeResult.Changed changed)
            {
                return result;
            }

            var step = new HistoryEntry(changed.After.Version, changed.After.ChangedAt, actor.Name, actor.Kind, command.Action, changed.Before.State, changed.After.State, command.SummaryOf(changed.Before, changed.After) is { } summary ? Redactor.Redact(summary) : null);
            var entry = EntryOf(changed, step, command.RungOf(changed.After)) with { Whistle = command.WhistleOf(changed.After), MovedFrom = changed.After.Point == changed.Before.Point ? null : changed.Before.Point };
            try
            {
                await WriteAsync(changed.After, step, entry, stored.ETag, cancellationToken);
            }
            catch (TableTransactionFailedException conflict) when (conflict.Status is 409 or 412 && attempt < Attempts)
            {
                continue;
            }

            outbox.Post(entry, durable);
            return changed;
        }
    }

    private static OutboxEntry EntryOf(ChangeResult.Changed changed, HistoryEntry step, ClockRung? rung)
    {
        var leavesIntake = changed.Before.State is CaseState.Filed && changed.After.State is not CaseState.Filed;
        return new OutboxEntry(
            CaseSummary.Of(changed.Before),
            CaseSummary.Of(changed.After),
            step,
            leavesIntake ? changed.After.Text : null,
            leavesIntake ? changed.After.Origin.ReporterKey : null,
            rung,
            OutcomeOf(changed.After, step.Action))
        {
            Title = leavesIntake && changed.After.Title.Length > 0 ? changed.After.Title : null,
            Places = leavesIntake ? changed.After.NamedPlaces : null,
        };
    }

    private static CallbackOutcome? OutcomeOf(Case after, CaseAction action) => action switch
    {
        CaseAction.ConfirmSolved or CaseAction.ReportUnsolved => new(after.Answer?.Contacted, after.Answer?.Satisfied, after.Reply?.At),
        CaseAction.CloseUnanswered => new(null, null, after.Reply?.At),
        _ => null,
    };

    private async Task<(Case Case, ETag ETag)?> ReadAsync(string caseId, CancellationToken cancellationToken)
    {
        var found = await tables.Cases.GetEntityIfExistsAsync<TableEntity>(CaseKeys.Partition(caseId), CaseKeys.CaseRow(caseId), cancellationToken: cancellationToken);
        return found is { HasValue: true, Value: { } row } ? (StoredJson.Read<Case>(row), row.ETag) : null;
    }

    private async Task WriteAsync(Case next, HistoryEntry step, OutboxEntry entry, ETag? seen, CancellationToken cancellationToken)
    {
        var partition = CaseKeys.Partition(next.Id);
        TableEntity Row<T>(string key, T value) => StoredJson.Write(new TableEntity(partition, key), value);

        var record = Row(CaseKeys.CaseRow(next.Id), next);
        List<TableTransactionAction> actions =
        [
            seen is { } etag
                ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, record, etag)
                : new TableTransactionAction(TableTransactionActionType.Add, record),
            new TableTransactionAction(TableTransactionActionType.Add, Row(CaseKeys.HistoryRow(next.Id, next.Version), step)),
            new TableTransactionAction(TableTransactionActionType.Add, Row(CaseKeys.OutboxRow(next.Id, next.Version), entry)),
            .. CaseIndex.Moves(entry.Before, entry.After),
        ];
        while (true)
        {
            try
            {
                await tables.Cases.SubmitTransactionAsync(actions, cancellationToken);
                return;
            }
            catch (TableTransactionFailedException missing) when (missing.Status == 404 && missing.FailedTransactionActionIndex is { } index && actions[index].ActionType is TableTransactionActionType.Delete)
            {
                // A row of a list that an older edition of the app did not keep.
                actions.RemoveAt(index);
            }
        }
    }
}
