using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>
/// <c>POST /api/supervision/overdue/{caseId}/acknowledge</c> by staff who have the case: takes note of its open steps and says what will be done.
/// The first word stays; the same request again gives the same answer.
/// </summary>
public sealed class AcknowledgeOverdue(SupervisionAccess access, OverdueStore store, CaseStore cases, CityModel city, TimeProvider clock)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(AcknowledgeOverdue))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "supervision/overdue/{caseId}/acknowledge")] HttpRequest request,
        string caseId,
        CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        if (caller is null)
        {
            return problem!;
        }

        var (wanted, fault) = await RequestBody.ReadAsync<AcknowledgementRequest>(request, cancellationToken);
        if ((fault ?? (Notes.Problem(wanted?.Note) is { } wrong ? Problem.Invalid("INVALID_ACKNOWLEDGEMENT", wrong) : null)) is { } refused)
        {
            return refused;
        }

        var found = CaseKeys.IsCaseId(caseId) ? await cases.FindAsync(caseId, cancellationToken) : null;
        if (found?.Assignment is not { } assignment || !caller.MaySee(CaseSummary.Of(found), city.Areas))
        {
            return Problem.NotFound($"There is no case '{caseId}' under supervision in your part of the city.");
        }

        var word = new Acknowledgement(caller.Name, clock.GetUtcNow(), Redactor.Redact(wanted!.Note!));
        var taken = new List<OverdueEntry>();
        await foreach (var entry in store.OpenAsync(assignment.Department, caseId, cancellationToken))
        {
            if (await store.ChangeAsync(entry, stored => stored.Acknowledged is null ? stored with { Acknowledged = word } : stored, cancellationToken) is { } changed)
            {
                taken.Add(changed);
            }
        }

        return taken.Count > 0
            ? TypedResults.Json(new { entries = taken }, CityJson.Options)
            : Problem.NotFound($"There is no case '{caseId}' under supervision in your part of the city.");
    }
}

/// <summary>What will be done.</summary>
public sealed record AcknowledgementRequest(string? Note);
