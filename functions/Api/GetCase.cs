using System.Globalization;
using CityBrain.City;
using CityBrain.Feedback;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Api;

/// <summary><c>GET /api/cases/{id}</c>: the case as the caller may see it, with its version as <c>ETag</c>.</summary>
public sealed class GetCase(CaseAccess access, CityModel city, FeedbackTokens tokens)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(GetCase))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "cases/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (found, caller, problem) = await access.FindAsync(request, id, Role.Party, cancellationToken);
        if (found is null || caller is null)
        {
            return problem!;
        }

        var etag = $"\"{found.Version.ToString(CultureInfo.InvariantCulture)}\"";
        request.HttpContext.Response.Headers.ETag = etag;
        return request.Headers.IfNoneMatch.Contains(etag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Json(CaseViews.For(found, caller, city, tokens), CityJson.Options);
    }
}
