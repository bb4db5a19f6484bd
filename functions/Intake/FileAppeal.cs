using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Intake;

/// <summary><c>POST /api/appeals</c>: one appeal. 201 with the case; 200 with the same case when it was filed before.</summary>
public sealed class FileAppeal(AppealDesk desk, Callers callers)
{
    /// <summary>Files the appeal.</summary>
    [Function(nameof(FileAppeal))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "appeals")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        if (callers.Of(request) is not { } caller)
        {
            return Problem.Forbidden("This key belongs to no caller; add it under Callers in the settings.");
        }

        var (appeal, problem) = await RequestBody.ReadAsync<AppealRequest>(request, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var outcome = await desk.AcceptAsync(appeal, caller, durable, cancellationToken);
        return outcome switch
        {
            { Case: null } => Problem.Invalid("INVALID_APPEAL", "The appeal was not accepted; mend what errors names and send it again.", outcome.Faults),
            { Created: true } => TypedResults.Json(outcome.Response, CityJson.Options, statusCode: 201),
            _ => TypedResults.Json(outcome.Response, CityJson.Options),
        };
    }
}
