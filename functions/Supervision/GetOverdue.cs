using CityBrain.City;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>
/// <c>GET /api/supervision/overdue?department=&amp;step=&amp;limit=</c>: the open steps of supervision in the caller's part of the city, gravest and longest
/// overdue first, with how many there are of each step.
/// </summary>
public sealed class GetOverdue(SupervisionAccess access, OverdueStore store, CityModel city, TimeProvider clock)
{
    private const int DefaultLimit = 100;
    private const int MostLimit = 1000;

    /// <summary>Answers the request.</summary>
    [Function(nameof(GetOverdue))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "supervision/overdue")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        var (step, stepProblem) = RequestQuery.NameOf<OverdueStep>(request, "step", null);
        var (limit, limitProblem) = RequestQuery.NumberOf(request, "limit", DefaultLimit, 1, MostLimit);
        if ((problem ?? stepProblem ?? limitProblem) is { } refused)
        {
            return refused;
        }

        var department = request.Query["department"].ToString() is { Length: > 0 } named ? named : caller!.Department;
        var open = await store.OpenAsync(department, cancellationToken: cancellationToken)
            .Where(entry => caller!.MaySee(entry.Department, entry.AreaId, city.Areas) && (step is null || entry.Step == step))
            .ToListAsync(cancellationToken);
        return TypedResults.Json(
            new
            {
                dataAsOf = clock.GetUtcNow(),
                counts = Enum.GetValues<OverdueStep>().ToDictionary(kind => kind, kind => open.Count(entry => entry.Step == kind)),
                unacknowledged = open.Count(entry => entry.Acknowledged is null),
                entries = open.OrderByDescending(entry => entry.Step).ThenBy(entry => entry.DueAt).ThenBy(entry => entry.CaseId, StringComparer.Ordinal).Take(limit!.Value),
            },
            CityJson.Options);
    }
}
