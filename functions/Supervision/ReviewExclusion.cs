using CityBrain.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>
/// <c>POST /api/supervision/exclusions/{caseId}/review</c> by a duty officer who neither asked for it nor decided on it before: grants or
/// refuses. The same again gives the same answer; what is not to be decided gives 409.
/// </summary>
public sealed class ReviewExclusion(SupervisionAccess access, ExclusionStore exclusions, TimeProvider clock)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(ReviewExclusion))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "supervision/exclusions/{caseId}/review")] HttpRequest request,
        string caseId,
        CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Duty(request);
        if (caller is null)
        {
            return problem!;
        }

        var (review, fault) = await RequestBody.ReadAsync<ExclusionReview>(request, cancellationToken);
        if (fault is not null || review is not { Month: { } month, Granted: { } granted } || Notes.Problem(review.Note) is not null)
        {
            return fault ?? Problem.Invalid("INVALID_REVIEW", "Give month (2024-09), granted (true or false) and why as note, at most 500 characters.");
        }

        var note = Redactor.Redact(review.Note!);
        var (there, refusal) = await exclusions.ChangeAsync(month, caseId, stored => stored.Reviewed(granted, note, caller.Name, clock.GetUtcNow()), cancellationToken);
        return refusal is not null ? Problem.Of(409, "ILLEGAL_REVIEW", refusal)
            : there is null ? Problem.NotFound($"There is no exclusion of that case for {month}.")
            : TypedResults.Json(there, CityJson.Options);
    }
}

/// <summary>A decision.</summary>
public sealed record ExclusionReview(Month? Month, bool? Granted, string? Note);
