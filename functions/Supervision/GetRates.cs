using CityBrain.City;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>
/// <c>GET /api/supervision/rates?month=&amp;by=department|street|category&amp;snapshot=</c>: the three rates of a month with what they are made of; of a
/// frozen month as it was frozen. A caller gets the cases of its own part of the city, and the rank of those units that are wholly its own.
/// </summary>
public sealed class GetRates(SupervisionAccess access, MonthFigures figures, CityModel city)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(GetRates))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "supervision/rates")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        var (month, monthProblem) = access.MonthOf(request);
        var (by, byProblem) = RequestQuery.NameOf<RateDimension>(request, "by", RateDimension.Department);
        var (snapshot, snapshotProblem) = RequestQuery.NumberOf(request, "snapshot", null, 1, 9999);
        if ((problem ?? monthProblem ?? byProblem ?? snapshotProblem) is { } refused)
        {
            return refused;
        }

        if (await figures.ReadAsync(month!.Value, snapshot, cancellationToken) is not { } read)
        {
            return Problem.NotFound($"The month {month} has no snapshot {snapshot}; GET /api/supervision/snapshots lists those that there are.");
        }

        var whole = RateTable.Of(read.Cases, by!.Value, read.Rules);
        var own = read.Cases.Where(one => caller!.MaySee(one.Department, one.AreaId, city.Areas)).ToList();
        var table = own.Count == read.Cases.Count ? whole : RateTable.Within(RateTable.Of(own, by.Value, read.Rules), whole);
        return TypedResults.Json(
            new RatesView(read.Month, by.Value, read.DataAsOf, read.Snapshot, read.Rules, table.All, [.. table.Lines.Select(line => new RateLineView(access.NameOf(by.Value, line.Id), line))]),
            CityJson.Options);
    }
}

/// <summary>The rates of a month.</summary>
/// <param name="Month">Which month.</param>
/// <param name="By">What the lines are.</param>
/// <param name="DataAsOf">What was said later is not in it.</param>
/// <param name="Snapshot">Number of the frozen snapshot; left out while the month moves.</param>
/// <param name="Rules">Least number of answers, and the weights of the score.</param>
/// <param name="All">All cases together.</param>
/// <param name="Lines">Each unit, best first.</param>
public sealed record RatesView(Month Month, RateDimension By, DateTimeOffset DataAsOf, int? Snapshot, RateRules Rules, RateLine All, IReadOnlyList<RateLineView> Lines);

/// <summary>A unit's rates with its name.</summary>
public sealed record RateLineView(LocalizedName? Name, RateLine Rates);
