using CityBrain.Cases;
using CityBrain.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>
/// <c>POST /api/supervision/exclusions</c> by a duty officer: asks to leave a case out of a month's rates. 201; the same again 200; another
/// reason for the same case 409. It takes effect when another duty officer grants it.
/// </summary>
public sealed class AskExclusion(SupervisionAccess access, FactStore facts, ExclusionStore exclusions, TimeProvider clock)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(AskExclusion))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "supervision/exclusions")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Duty(request);
        if (caller is null)
        {
            return problem!;
        }

        var (wanted, fault) = await RequestBody.ReadAsync<ExclusionRequest>(request, cancellationToken);
        if (fault is not null)
        {
            return fault;
        }

        if (wanted is not { CaseId: { } caseId, Month: { } month, Reason: { } reason } || !CaseKeys.IsCaseId(caseId) || Notes.Problem(wanted.Note) is not null)
        {
            return Problem.Invalid(
                "INVALID_EXCLUSION",
                "The exclusion was not taken; mend what errors names.",
                [$"Give caseId, month (2024-09), reason (one of {string.Join(", ", Enum.GetNames<ExclusionReason>())}) and the evidence as note, at most {CaseCommand.LongestWords} characters."]);
        }

        if (await facts.FindAsync(month, caseId, cancellationToken) is not { Outcome: not null })
        {
            return Problem.NotFound($"The case is not in the rates of {month}: nobody was asked about it then.");
        }

        var note = Redactor.Redact(wanted.Note!);
        var (there, added) = await exclusions.AskAsync(new Exclusion(caseId, month, reason, note, caller.Name, clock.GetUtcNow(), []), cancellationToken);
        return added || there.Reason == reason
            ? TypedResults.Json(there, CityJson.Options, statusCode: added ? 201 : 200)
            : Problem.Of(409, "EXCLUSION_EXISTS", $"An exclusion of this case for {month} is there already, for the reason {there.Reason}; review that one.");
    }
}

/// <summary>What is asked for.</summary>
public sealed record ExclusionRequest(string? CaseId, Month? Month, ExclusionReason? Reason, string? Note);

/// <summary>What is said in words.</summary>
internal static class Notes
{
    /// <summary>What is wrong with a note that must be there; null when nothing is.</summary>
    public static string? Problem(string? note) =>
        string.IsNullOrWhiteSpace(note) ? "Say why in note."
        : note.Length > CaseCommand.LongestWords ? $"note has {note.Length} characters; at most {CaseCommand.LongestWords} fit."
        : null;
}
