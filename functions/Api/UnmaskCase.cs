using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Api;

/// <summary>
/// <c>POST /api/cases/{id}/unmask</c>: shows a duty officer who asked and in which words, for a reason. It is in the history and in the log before it is
/// shown; refusals are logged too; nothing keeps the answer. <c>GET</c>: who asked for it so far, and why.
/// </summary>
public sealed class UnmaskCase(CaseAccess access, Callers callers, CaseStore cases, ReporterVault vault, AccessLog log, CityModel city)
{
    /// <summary>Shows the record.</summary>
    [Function(nameof(UnmaskCase))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "cases/{id}/unmask")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var (body, bodyProblem) = await RequestBody.ReadAsync<Unmask>(request, cancellationToken);
        var command = body ?? new Unmask(Reason: null);
        var (_, caller, problem) = await access.FindAsync(request, id, Role.Duty, cancellationToken);
        var asking = caller ?? callers.Of(request);
        if ((problem ?? bodyProblem) is { } refused)
        {
            await LogAsync(AccessOutcome.Refused);
            return refused;
        }

        if (await vault.ReadAsync(id, cancellationToken) is not { } record)
        {
            await LogAsync(AccessOutcome.NothingSealed);
            return Problem.Of(404, "NOTHING_SEALED", "Nothing personal was said when the case was filed; the case shows all there is.");
        }

        var result = await cases.ChangeAsync(id, command, caller!.Actor, durable, mayChange: current => caller.MaySee(CaseSummary.Of(current), city.Areas), cancellationToken: cancellationToken);
        if (result is not ChangeResult.Changed)
        {
            await LogAsync(AccessOutcome.Refused);
            return result is ChangeResult.Refused { Problems: var errors }
                ? Problem.Invalid("INVALID_COMMAND", "The record was not shown; mend what errors names.", errors)
                : Problem.NotFound("The case is no longer in your part of the city.");
        }

        await LogAsync(AccessOutcome.Shown);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(record, CityJson.Options);

        Task LogAsync(AccessOutcome outcome) => asking is not null && CaseKeys.IsCaseId(id)
            ? log.AddAsync(id, asking, command.Reason, outcome, cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>Shows who asked for the record.</summary>
    [Function("ListUnmaskings")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "cases/{id}/unmask")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (found, _, problem) = await access.FindAsync(request, id, Role.Duty, cancellationToken);
        return found is null ? problem! : TypedResults.Json(await log.OfAsync(found.Id, cancellationToken), CityJson.Options);
    }
}
