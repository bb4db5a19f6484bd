using System.Globalization;
using Azure.Data.Tables;
using CityBrain.Cases;

namespace CityBrain.Supervision;

/// <summary>
/// Keeps snapshots. The cases of one lie under its hash, some hundred to a row, and are written before the line that names it; so a crash
/// leaves either a whole snapshot or none, and writing the same content again changes nothing.
/// </summary>
public sealed class SnapshotStore(CityTables tables)
{
    private const int CasesOfARow = 200;

    /// <summary>The snapshots of a month, first to newest.</summary>
    public async Task<IReadOnlyList<MonthSnapshot>> OfMonthAsync(Month month, CancellationToken cancellationToken) =>
        await tables.Supervision.ListAsync<MonthSnapshot>(Partition(month), cancellationToken).ToListAsync(cancellationToken);

    /// <summary>The cases of a snapshot, by id.</summary>
    public async Task<IReadOnlyList<RatedCase>> CasesOfAsync(MonthSnapshot snapshot, CancellationToken cancellationToken) =>
        [.. (await tables.Supervision.ListAsync<RatedCase[]>(Partition(snapshot), cancellationToken).ToListAsync(cancellationToken)).SelectMany(cases => cases)];

    /// <summary>Adds a snapshot; false when there is one of its number already.</summary>
    public async Task<bool> TryAddAsync(MonthSnapshot snapshot, IReadOnlyList<RatedCase> cases, CancellationToken cancellationToken)
    {
        foreach (var (number, some) in cases.Chunk(CasesOfARow).Index())
        {
            var row = new TableEntity(Partition(snapshot), number.ToString("D6", CultureInfo.InvariantCulture));
            await tables.Supervision.UpsertEntityAsync(StoredJson.Write(row, some), TableUpdateMode.Replace, cancellationToken);
        }

        return await tables.Supervision.TryAddAsync(Partition(snapshot.Month), snapshot.Number.ToString("D4", CultureInfo.InvariantCulture), snapshot, cancellationToken);
    }

    private static string Partition(Month month) => $"snapshot|{month}";

    private static string Partition(MonthSnapshot snapshot) => $"snapshot|{snapshot.Month}|{snapshot.Hash}";
}
