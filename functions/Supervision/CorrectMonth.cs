using CityBrain.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>
/// <c>POST /api/supervision/snapshots</c> by a duty officer: a further snapshot of a frozen month from what is known of it now, with the reason.
/// The old ones stay. When nothing has changed the newest is the answer, so the same request again makes no second one.
/// </summary>
public sealed class CorrectMonth(SupervisionAccess access, MonthFreezer freezer)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(CorrectMonth))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "supervision/snapshots")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Duty(request);
        if (caller is null)
        {
            return problem!;
        }

        var (wanted, fault) = await RequestBody.ReadAsync<MonthCorrection>(request, cancellationToken);
        if (fault is not null || wanted is not { Month: { } month } || Notes.Problem(wanted.Reason) is not null)
        {
            return fault ?? Problem.Invalid("INVALID_CORRECTION", "Give month (2024-09) and the reason in words, at most 500 characters.");
        }

        return await freezer.CorrectAsync(month, Redactor.Redact(wanted.Reason!), caller.Name, cancellationToken) is var (snapshot, added)
            ? TypedResults.Json(snapshot, CityJson.Options, statusCode: added ? 201 : 200)
            : Problem.Of(409, "MONTH_NOT_FROZEN", $"The month {month} is not frozen yet; its figures still move by themselves.");
    }
}

/// <summary>What is corrected, and why.</summary>
public sealed record MonthCorrection(Month? Month, string? Reason);
