using CityBrain.Cases;
using CityBrain.City;
using Microsoft.Extensions.Options;

namespace CityBrain.Supervision;

/// <summary>Keeps the register of recurrent problems 每月一题. Safe for concurrent use.</summary>
public sealed class ProblemDesk(CityTables tables, FactStore facts, CaseLists lists, CaseStore cases, CityModel city, IOptions<SupervisionOptions> options, TimeProvider clock)
{
    private const string Partition = "problem";
    private const int RowsOfAShard = 64;

    /// <summary>Enters what recurs, and tests what was done about the entries that are there.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var (now, least) = (clock.GetUtcNow(), options.Value.RecurrentCases);
        var read = await FactsSinceAsync(now.AddDays(-Recurrence.Days), now, cancellationToken);
        var found = Recurrence.Find(read, now, least).ToDictionary(RowOf, StringComparer.Ordinal);
        foreach (var there in await ListAsync(cancellationToken))
        {
            var filed = await FiledAsync(there, read, cancellationToken);
            await ChangeAsync(RowOf(there), stored => stored?.SeenAgain(found.GetValueOrDefault(RowOf(there)), filed, now, least), cancellationToken);
            found.Remove(RowOf(there));
        }

        foreach (var (row, problem) in found)
        {
            await tables.Supervision.TryAddAsync(Partition, row, problem, cancellationToken);
        }
    }

    /// <summary>The register.</summary>
    public async Task<IReadOnlyList<RecurrentProblem>> ListAsync(CancellationToken cancellationToken) =>
        await tables.Supervision.ListAsync<RecurrentProblem>(Partition, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>The entry of a category in a street, or null.</summary>
    public Task<RecurrentProblem?> FindAsync(string categoryCode, string streetId, CancellationToken cancellationToken) =>
        tables.Supervision.FindAsync<RecurrentProblem>(Partition, $"{categoryCode}|{streetId}", cancellationToken);

    /// <summary>Adds a review; the same as the last one changes nothing. New measures start the tests anew.</summary>
    public Task<RecurrentProblem?> ReviewAsync(RecurrentProblem problem, ProblemReview review, CancellationToken cancellationToken) => ChangeAsync(
        RowOf(problem),
        stored => stored is null || stored.Reviews is [.., var last] && last with { At = review.At } == review ? stored
            : stored with { Reviews = [.. stored.Reviews, review], Tests = review.MeasuresAt is null ? stored.Tests : null },
        cancellationToken);

    private Task<RecurrentProblem?> ChangeAsync(string row, Func<RecurrentProblem?, RecurrentProblem?> change, CancellationToken cancellationToken) =>
        tables.Supervision.ChangeAsync(Partition, row, change, cancellationToken);

    private static string RowOf(RecurrentProblem problem) => $"{problem.CategoryCode}|{problem.StreetId}";

    private async Task<List<CaseFact>> FactsSinceAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var read = new List<CaseFact>();
        for (var month = Month.Of(since, city.TimeZone); month.FirstDay <= Month.Of(now, city.TimeZone).FirstDay; month = month.Plus(1))
        {
            read.AddRange(await facts.OfMonthAsync(month, cancellationToken));
        }

        return read;
    }

    /// <summary>When cases of the matter were filed since its measures: those that have come to a fact, and those that are still open.</summary>
    private async Task<IReadOnlyCollection<DateTimeOffset>> FiledAsync(RecurrentProblem problem, List<CaseFact> read, CancellationToken cancellationToken)
    {
        if (problem.MeasuresAt is not { } since)
        {
            return [];
        }

        var filed = read.Where(fact => fact.CategoryCode == problem.CategoryCode && fact.StreetId == problem.StreetId)
            .DistinctBy(fact => fact.CaseId).ToDictionary(fact => fact.CaseId, fact => fact.FiledAt, StringComparer.Ordinal);
        var oldest = CaseIndex.NewestFirstKey(since);
        await foreach (var place in lists.PlacesAsync(CaseIndex.AreaList(problem.StreetId, open: true), "", oldest, RowsOfAShard, cancellationToken))
        {
            if (await cases.FindAsync(CaseIndex.CaseIdOf(place), cancellationToken) is { } open && open.Triage?.CategoryCode == problem.CategoryCode)
            {
                filed[open.Id] = open.FiledAt;
            }
        }

        return filed.Values;
    }
}
