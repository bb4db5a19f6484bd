using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary><c>GET /api/supervision/snapshots?month=</c>: the snapshots of a month, first to newest; none while it still moves.</summary>
public sealed class ListSnapshots(SupervisionAccess access, SnapshotStore snapshots)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(ListSnapshots))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "supervision/snapshots")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (_, problem) = access.Staff(request);
        var (month, monthProblem) = access.MonthOf(request);
        return problem ?? monthProblem ?? TypedResults.Json(new { month, snapshots = await snapshots.OfMonthAsync(month!.Value, cancellationToken) }, CityJson.Options);
    }
}
