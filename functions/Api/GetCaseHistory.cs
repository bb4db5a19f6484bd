using CityBrain.Cases;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Api;

/// <summary><c>GET /api/cases/{id}/history</c>: every step in the life of a case, oldest first.</summary>
public sealed class GetCaseHistory(CaseAccess access, CaseStore cases)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(GetCaseHistory))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "cases/{id}/history")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (found, _, problem) = await access.FindAsync(request, id, Role.Staff, cancellationToken);
        return found is null ? problem! : TypedResults.Json(await cases.HistoryAsync(found.Id, cancellationToken), CityJson.Options);
    }
}
