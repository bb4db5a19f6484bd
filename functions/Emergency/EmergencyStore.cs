using Azure;
using Azure.Data.Tables;
using CityBrain.Cases;

namespace CityBrain.Emergency;

/// <summary>
/// Reads and changes emergencies. They are few, so all share one partition of the table: a record (<c>e|</c>), its history (<c>h|</c>), orders
/// (<c>o|</c>), linked cases (<c>l|</c>) and received messages (<c>m|</c>) change in one transaction under the record's ETag. Safe for concurrent use.
/// </summary>
public sealed class EmergencyStore(CityTables tables, EmergencyPlans plans, TimeProvider clock)
{
    private const string Partition = "emergencies";
    private const int Attempts = 50;

    /// <summary>The emergency, or null.</summary>
    public async Task<EmergencyRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        CaseKeys.IsCaseId(id) ? await tables.Emergencies.FindAsync<EmergencyRecord>(Partition, RecordRow(id), cancellationToken) : null;

    /// <summary>Every emergency.</summary>
    public Task<IReadOnlyList<EmergencyRecord>> AllAsync(CancellationToken cancellationToken) => ListAsync<EmergencyRecord>("e|", cancellationToken);

    /// <summary>Every step, oldest first.</summary>
    public Task<IReadOnlyList<EmergencyEntry>> HistoryAsync(string id, CancellationToken cancellationToken) => ListAsync<EmergencyEntry>($"h|{id}|", cancellationToken);

    /// <summary>Every order.</summary>
    public Task<IReadOnlyList<EmergencyOrder>> OrdersAsync(string id, CancellationToken cancellationToken) => ListAsync<EmergencyOrder>($"o|{id}|", cancellationToken);

    /// <summary>The ids of the linked cases.</summary>
    public Task<IReadOnlyList<string>> CasesAsync(string id, CancellationToken cancellationToken) => ListAsync<string>($"l|{id}|", cancellationToken);

    /// <summary>The emergency that a received message belongs to; null when the message is not known.</summary>
    public Task<string?> OfMessageAsync(string sender, string identifier, CancellationToken cancellationToken) =>
        tables.Emergencies.FindAsync<string>(Partition, MessageRow(sender, identifier), cancellationToken);

    /// <summary>Declares an emergency, once: the second call with the same id returns what is there.</summary>
    public async Task<(EmergencyRecord Emergency, bool Created)> DeclareAsync(EmergencyRecord draft, string actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var declared = draft with { Version = 1, State = EmergencyState.Declared, DeclaredAt = now };
        var entry = new EmergencyEntry(1, now, actor, EmergencyAction.Declare, EmergencyState.Declared, EmergencyState.Declared, $"{declared.PlanCode} {declared.Level} in {declared.AreaId}");
        try
        {
            await WriteAsync(declared, entry, null, cancellationToken);
            return (declared, true);
        }
        catch (TableTransactionFailedException conflict) when (conflict.Status == 409)
        {
            return (await FindAsync(draft.Id, cancellationToken) ?? throw new InvalidOperationException($"Emergency {draft.Id} could neither be written nor read."), false);
        }
    }

    /// <summary>Changes an emergency, if the move is legal, complete and, where an authority must sign, signed by one.</summary>
    /// <param name="id">Which.</param>
    /// <param name="decide">The move, on the version that it changes; null changes nothing.</param>
    /// <param name="actor">Who.</param>
    /// <param name="maySign">Whether the caller may sign for a rule of the plan.</param>
    /// <param name="cancellationToken">Gives up before the write, never after.</param>
    public async Task<MoveResult> ChangeAsync(string id, Func<EmergencyRecord, EmergencyMove?> decide, string actor, Func<EmergencyRecord, LevelRule, bool> maySign, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!CaseKeys.IsCaseId(id) || await ReadAsync(id, cancellationToken) is not { } stored)
            {
                return new MoveResult.NotFound();
            }

            if (decide(stored.Value) is not { } move)
            {
                return new MoveResult.Unchanged(stored.Value);
            }

            var now = clock.GetUtcNow();
            var result = MoveResult.Of(stored.Value, move, plans, maySign, now);
            if (result is not MoveResult.Changed changed)
            {
                return result;
            }

            var entry = new EmergencyEntry(changed.After.Version, now, actor, move.Action, stored.Value.State, changed.After.State, move.Summary);
            try
            {
                await WriteAsync(changed.After, entry, stored.ETag, cancellationToken, ExtraOf(move, id));
                return changed;
            }
            catch (TableTransactionFailedException conflict) when (conflict.Status is 409 or 412 && attempt < Attempts)
            {
                // Somebody else was first: decide again on what they left.
            }
        }
    }

    /// <summary>Changes the order of an area; null from the decision changes nothing. Returns the order as it stands.</summary>
    public Task<EmergencyOrder?> ChangeOrderAsync(string id, string areaId, Func<EmergencyOrder?, EmergencyOrder?> decide, CancellationToken cancellationToken) =>
        tables.Emergencies.ChangeAsync(Partition, OrderRow(id, areaId), decide, cancellationToken);

    private static TableEntity? ExtraOf(EmergencyMove move, string id) => move switch
    {
        Link link => StoredJson.Write(new TableEntity(Partition, $"l|{id}|{link.CaseId}"), link.CaseId),
        Receive { Alert: var alert } => MessageOf(alert, id),
        CallOff { Alert: var alert } => MessageOf(alert, id),
        _ => null,
    };

    private static TableEntity MessageOf(ReceivedAlert alert, string id) => StoredJson.Write(new TableEntity(Partition, MessageRow(alert.Sender, alert.Identifier)), id);

    private async Task WriteAsync(EmergencyRecord next, EmergencyEntry entry, ETag? seen, CancellationToken cancellationToken, TableEntity? extra = null)
    {
        var record = StoredJson.Write(new TableEntity(Partition, RecordRow(next.Id)), next);
        var history = StoredJson.Write(new TableEntity(Partition, $"h|{next.Id}|{next.Version:D6}"), entry);
        List<TableTransactionAction> actions =
        [
            seen is { } etag ? new(TableTransactionActionType.UpdateReplace, record, etag) : new(TableTransactionActionType.Add, record),
            new(TableTransactionActionType.Add, history),
        ];
        if (extra is not null)
        {
            actions.Add(new(TableTransactionActionType.UpsertReplace, extra));
        }

        await tables.Emergencies.SubmitTransactionAsync(actions, cancellationToken);
    }

    private async Task<(EmergencyRecord Value, ETag ETag)?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var found = await tables.Emergencies.GetEntityIfExistsAsync<TableEntity>(Partition, RecordRow(id), cancellationToken: cancellationToken);
        return found is { HasValue: true, Value: { } entity } ? (StoredJson.Read<EmergencyRecord>(entity), entity.ETag) : null;
    }

    private async Task<IReadOnlyList<T>> ListAsync<T>(string prefix, CancellationToken cancellationToken) =>
        await tables.Emergencies.ListAsync<T>(Partition, prefix, cancellationToken).ToListAsync(cancellationToken);

    private static string RecordRow(string id) => "e|" + id;

    private static string OrderRow(string id, string areaId) => $"o|{id}|{areaId}";

    // A sender may hold characters that a key must not; their hash is as good.
    private static string MessageRow(string sender, string identifier) => "m|" + CaseKeys.CaseId(sender, identifier);
}
