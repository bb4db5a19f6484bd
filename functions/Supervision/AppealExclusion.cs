using CityBrain.City;
using CityBrain.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>
/// <c>POST /api/supervision/exclusions/{caseId}/appeal</c> by staff in whose part of the city the case lies: contests a decision. The decision
/// holds until another duty officer reviews it.
/// </summary>
public sealed class AppealExclusion(SupervisionAccess access, FactStore facts, ExclusionStore exclusions, CityModel city, TimeProvider clock)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(AppealExclusion))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "supervision/exclusions/{caseId}/appeal")] HttpRequest request,
        string caseId,
        CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        if (caller is null)
        {
            return problem!;
        }

        var (appeal, fault) = await RequestBody.ReadAsync<ExclusionAppeal>(request, cancellationToken);
        if (fault is not null || appeal is not { Month: { } month } || Notes.Problem(appeal.Note) is not null)
        {
            return fault ?? Problem.Invalid("INVALID_APPEAL", "Give month (2024-09) and why as note, at most 500 characters.");
        }

        if (!Cases.CaseKeys.IsCaseId(caseId) || await facts.FindAsync(month, caseId, cancellationToken) is not { } fact || !caller.MaySee(fact.Department, fact.AreaId, city.Areas))
        {
            return Problem.NotFound($"There is no exclusion of that case for {month} in your part of the city.");
        }

        var note = Redactor.Redact(appeal.Note!);
        var (there, refusal) = await exclusions.ChangeAsync(month, caseId, stored => stored.Appealed(note, caller.Name, clock.GetUtcNow()), cancellationToken);
        return refusal is not null ? Problem.Of(409, "ILLEGAL_APPEAL", refusal)
            : there is null ? Problem.NotFound($"There is no exclusion of that case for {month} in your part of the city.")
            : TypedResults.Json(there, CityJson.Options);
    }
}

/// <summary>What is contested.</summary>
public sealed record ExclusionAppeal(Month? Month, string? Note);
