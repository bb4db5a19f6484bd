using CityBrain.Resources;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Cockpit;

/// <summary><c>GET /api/overview</c>: the city at a glance, at most a second old.</summary>
public sealed class GetOverview(OverviewReader overview, Callers callers)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(GetOverview))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "overview")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (callers.Of(request) is not { Role: >= Role.Staff } caller)
        {
            return Problem.Forbidden("The overview is for staff; use the key of a member of staff.");
        }

        HtmlPage.Protect(request.HttpContext.Response.Headers);
        return TypedResults.Json(await overview.ReadAsync(caller, cancellationToken), CityJson.Options);
    }
}
