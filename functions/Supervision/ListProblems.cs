using CityBrain.City;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary><c>GET /api/supervision/problems</c>: the register of recurrent problems in the caller's part of the city, most cases first.</summary>
public sealed class ListProblems(SupervisionAccess access, ProblemDesk desk, CityModel city)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(ListProblems))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "supervision/problems")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        if (caller is null)
        {
            return problem!;
        }

        var own = (await desk.ListAsync(cancellationToken)).Where(one => caller.MaySee(one.Department, one.StreetId, city.Areas)).OrderByDescending(one => one.Count);
        return TypedResults.Json(
            new { problems = own.Select(one => new ProblemView(access.NameOf(RateDimension.Category, one.CategoryCode), access.NameOf(RateDimension.Street, one.StreetId), one)) },
            CityJson.Options);
    }
}

/// <summary>A problem with its names.</summary>
public sealed record ProblemView(LocalizedName? Category, LocalizedName? Street, RecurrentProblem Problem);
