using Azure;
using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.Supervision;

namespace CityBrain.Burden;

/// <summary>
/// Keeps forms by month (<c>m|</c>) and finds them by id (<c>i|</c>). All change in one transaction with one gate row, so that of forms asked at the same
/// moment each sees the one before. Safe for concurrent use.
/// </summary>
public sealed class FormStore(CityTables tables)
{
    private const string Partition = "forms";
    private const string Gate = "gate";
    private const int Attempts = 50;

    /// <summary>The forms of a month, refused ones too.</summary>
    public async Task<IReadOnlyList<BurdenForm>> OfMonthAsync(Month month, CancellationToken cancellationToken) =>
        await tables.Burden.ListAsync<BurdenForm>(Partition, $"m|{month}|", cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Asks for a form, once; returns what is there in the end, with the verdict.</summary>
    public async Task<(BurdenForm? There, FormVerdict Verdict)> AskAsync(BurdenForm wanted, Func<BurdenForm?, IReadOnlyList<BurdenForm>, FormVerdict> decide, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var gate = await tables.Burden.GetEntityIfExistsAsync<TableEntity>(Partition, Gate, cancellationToken: cancellationToken);
            var there = await tables.Burden.FindAsync<BurdenForm>(Partition, "i|" + wanted.Id, cancellationToken);
            var verdict = decide(there, [.. (await OfMonthAsync(wanted.Month, cancellationToken)).Where(form => form.Id != wanted.Id)]);
            if (verdict.Next is not { } next)
            {
                return (there, verdict);
            }

            var open = new TableEntity(Partition, Gate);
            try
            {
                await tables.Burden.SubmitTransactionAsync(
                    [
                        gate is { HasValue: true, Value: { } seen } ? new(TableTransactionActionType.UpdateReplace, open, seen.ETag) : new(TableTransactionActionType.Add, open),
                        new(TableTransactionActionType.UpsertReplace, StoredJson.Write(new TableEntity(Partition, "i|" + next.Id), next)),
                        new(TableTransactionActionType.UpsertReplace, StoredJson.Write(new TableEntity(Partition, $"m|{next.Month}|{next.Id}"), next)),
                    ],
                    cancellationToken);
                return (next, verdict);
            }
            catch (TableTransactionFailedException conflict) when (conflict.Status is 404 or 409 or 412 && attempt < Attempts)
            {
                // Another form was quicker: decide anew.
            }
        }
    }
}
