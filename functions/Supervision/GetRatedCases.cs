using CityBrain.City;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>
/// <c>GET /api/supervision/cases?month=&amp;snapshot=&amp;by=&amp;id=&amp;outcome=&amp;limit=&amp;after=</c>: the cases that a line of the rates is made of, by case id; so
/// every figure can be followed down to its cases.
/// </summary>
public sealed class GetRatedCases(SupervisionAccess access, MonthFigures figures, CityModel city)
{
    private const int DefaultLimit = 100;
    private const int MostLimit = 1000;

    /// <summary>Answers the request.</summary>
    [Function(nameof(GetRatedCases))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "supervision/cases")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        var (month, monthProblem) = access.MonthOf(request);
        var (by, byProblem) = RequestQuery.NameOf<RateDimension>(request, "by", RateDimension.Department);
        var (outcome, outcomeProblem) = RequestQuery.NameOf<FactKind>(request, "outcome", null);
        var (snapshot, snapshotProblem) = RequestQuery.NumberOf(request, "snapshot", null, 1, 9999);
        var (limit, limitProblem) = RequestQuery.NumberOf(request, "limit", DefaultLimit, 1, MostLimit);
        if ((problem ?? monthProblem ?? byProblem ?? outcomeProblem ?? snapshotProblem ?? limitProblem) is { } refused)
        {
            return refused;
        }

        if (await figures.ReadAsync(month!.Value, snapshot, cancellationToken) is not { } read)
        {
            return Problem.NotFound($"The month {month} has no snapshot {snapshot}.");
        }

        var (id, after) = (request.Query["id"].ToString(), request.Query["after"].ToString());
        var found = read.Cases.Where(one =>
                caller!.MaySee(one.Department, one.AreaId, city.Areas)
                && (id.Length == 0 || one.UnitOf(by!.Value) == id)
                && (outcome is null || one.Outcome == outcome))
            .ToList();
        var page = found.Where(one => string.CompareOrdinal(one.CaseId, after) > 0).Take(limit!.Value).ToList();
        var more = page.Count > 0 && found[^1].CaseId != page[^1].CaseId;
        return TypedResults.Json(new { read.Month, read.DataAsOf, read.Snapshot, total = found.Count, cases = page, after = more ? page[^1].CaseId : null }, CityJson.Options);
    }
}
