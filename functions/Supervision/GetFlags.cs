using CityBrain.City;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary><c>GET /api/supervision/flags?month=</c>: what stands out in a month, with numbers, threshold and cases, in the caller's part of the city.</summary>
public sealed class GetFlags(SupervisionAccess access, FlagReader flags, CityModel city, TimeProvider clock)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(GetFlags))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "supervision/flags")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        var (month, monthProblem) = access.MonthOf(request);
        if ((problem ?? monthProblem) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow();
        var facts = await flags.ReadAsync(month!.Value, cancellationToken);
        return TypedResults.Json(new { month, dataAsOf = now, flags = facts.Of(fact => caller!.MaySee(fact.Department, fact.AreaId, city.Areas)) }, CityJson.Options);
    }
}
