using CityBrain.City;
using CityBrain.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>
/// <c>POST /api/supervision/problems</c> by staff in whose part of the city it lies: says the cause, and when measures were taken; from then on the
/// 30- and 90-day tests run. The same request again changes nothing.
/// </summary>
public sealed class ReviewProblem(SupervisionAccess access, ProblemDesk desk, CityModel city, TimeProvider clock)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(ReviewProblem))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "supervision/problems")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        if (caller is null)
        {
            return problem!;
        }

        var (wanted, fault) = await RequestBody.ReadAsync<ProblemReviewRequest>(request, cancellationToken);
        var now = clock.GetUtcNow();
        if (fault is not null || wanted is not { CategoryCode: { } category, StreetId: { } street } || Notes.Problem(wanted.Note) is not null || wanted.MeasuresAt > now || wanted.MeasuresAt < now.AddDays(-Recurrence.Days))
        {
            return fault ?? Problem.Invalid("INVALID_REVIEW", "Give categoryCode, streetId and the note, at most 500 characters; measuresAt, if any, lies in the last 90 days.");
        }

        if (city.Catalogue.Find(category) is null || city.Areas.Find(street) is null || await desk.FindAsync(category, street, cancellationToken) is not { } found || !caller.MaySee(found.Department, found.StreetId, city.Areas))
        {
            return Problem.NotFound("There is no such problem in the register of your part of the city.");
        }

        return TypedResults.Json(await desk.ReviewAsync(found, new ProblemReview(Redactor.Redact(wanted.Note!), wanted.MeasuresAt, caller.Name, now), cancellationToken), CityJson.Options);
    }
}

/// <summary>The cause and the measures.</summary>
public sealed record ProblemReviewRequest(string? CategoryCode, string? StreetId, string? Note, DateTimeOffset? MeasuresAt);
