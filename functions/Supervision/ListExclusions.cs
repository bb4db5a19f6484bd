using CityBrain.City;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary><c>GET /api/supervision/exclusions?month=</c>: every exclusion of a month with all that was said about it, in the caller's part of the city.</summary>
public sealed class ListExclusions(SupervisionAccess access, FactStore facts, ExclusionStore exclusions, CityModel city)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(ListExclusions))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "supervision/exclusions")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        var (month, monthProblem) = access.MonthOf(request);
        if ((problem ?? monthProblem) is { } refused)
        {
            return refused;
        }

        var all = await exclusions.OfMonthAsync(month!.Value, cancellationToken);
        var found = await Task.WhenAll(all.Values.Select(async one => (Exclusion: one, Fact: await facts.FindAsync(one.Month, one.CaseId, cancellationToken))));
        var own = found.Where(one => caller!.MaySee(one.Fact?.Department, one.Fact?.AreaId, city.Areas)).Select(one => one.Exclusion).OrderBy(one => one.CaseId, StringComparer.Ordinal);
        return TypedResults.Json(new { month, exclusions = own }, CityJson.Options);
    }
}
