using System.Globalization;
using CityBrain.Burden;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Emergency;
using CityBrain.Feedback;
using CityBrain.Sharing;
using CityBrain.Triage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Api;

/// <summary>
/// <c>POST /api/cases/{id}/{command}</c>: gives a command. 200 with the case; 409 with the legal commands; 412 when <c>If-Match</c> names an
/// old version; 400 with what is wrong with the arguments. The same <c>Idempotency-Key</c> again gives the same answer.
/// </summary>
public sealed class CommandCase(CaseAccess access, CaseStore cases, EmergencyStore emergencies, TaskPlacing placing, CityModel city, FeedbackTokens tokens)
{
    private const int LongestKey = 64;

    /// <summary>Gives the command.</summary>
    [Function(nameof(CommandCase))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "cases/{id}/{command}")] HttpRequest request,
        string id,
        string command,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var (found, caller, problem) = await access.FindAsync(request, id, Role.Party, cancellationToken);
        if (found is null || caller is null)
        {
            return problem!;
        }

        if (CommandCatalog.Find(command) is not { } entry)
        {
            return Problem.Of(404, "UNKNOWN_COMMAND", "There is no such command; commands has those that are legal now.", new() { ["commands"] = CommandCatalog.NamesFrom(found.State) });
        }

        if (caller.Role < entry.Role)
        {
            return Problem.Forbidden($"Only {(entry.Role is Role.Duty ? "a duty officer" : "staff")} may give '{entry.Name}'.");
        }

        if (!caller.MayCommand(CaseSummary.Of(found), city.Areas, entry.ForParties))
        {
            return Problem.Forbidden($"Your department helps with the case; only its lead may give '{entry.Name}'.");
        }

        var (expected, key, headerProblem) = Headers(request);
        var (bytes, bodyProblem) = await RequestBody.ReadBytesAsync(request, RequestBody.SingleLimit, cancellationToken);
        if ((headerProblem ?? bodyProblem) is { } refused)
        {
            return refused;
        }

        var (wanted, fault) = entry.Read(bytes);
        if (wanted is null)
        {
            return Problem.Invalid("MALFORMED_JSON", fault ?? "The body must be a JSON object.");
        }

        if (wanted is Merge { Into: { } into } && CaseKeys.IsCaseId(into) && await cases.FindAsync(into, cancellationToken) is null or { State: CaseState.Merged })
        {
            return Problem.Invalid("INVALID_COMMAND", "The command was not carried out; mend what errors names.", ["into must be a case that is there and not itself merged."]);
        }

        if (wanted is LinkEmergency { EmergencyId: { } emergencyId } && await emergencies.FindAsync(emergencyId, cancellationToken) is null)
        {
            return Problem.Invalid("INVALID_COMMAND", "The command was not carried out; mend what errors names.", ["emergencyId must be an emergency that is there."]);
        }

        if (await placing.RefusalAsync(wanted, found, cancellationToken) is { } overCap)
        {
            return Problem.Of(409, TaskPlacing.Code, overCap, new() { ["state"] = found.State.ToString(), ["commands"] = CommandCatalog.NamesFrom(found.State) });
        }

        // The case may have gone to another department since it was found, so the caller's slice is asked again at the write.
        bool IsStillTheirs(Case current) => caller.MayCommand(CaseSummary.Of(current), city.Areas, entry.ForParties);
        var ownKey = key is null ? null : $"{caller.Name}/{entry.Name}/{key}";
        return Answer(request, caller, await cases.ChangeAsync(found.Id, wanted, caller.Actor, durable, expected, ownKey, IsStillTheirs, cancellationToken));
    }

    private IResult Answer(HttpRequest request, Caller caller, ChangeResult result)
    {
        switch (result)
        {
            case ChangeResult.Changed or ChangeResult.Repeated:
                request.HttpContext.Response.Headers.ETag = $"\"{result.Case!.Version.ToString(CultureInfo.InvariantCulture)}\"";
                return TypedResults.Json(CaseViews.For(result.Case, caller, city, tokens), CityJson.Options);
            case ChangeResult.Illegal illegal:
                var legal = CommandCatalog.NamesFrom(illegal.Current.State);
                return Problem.Of(409, "ILLEGAL_COMMAND", $"The case is {illegal.Current.State}; that command is not legal there.", new() { ["state"] = illegal.Current.State.ToString(), ["commands"] = legal });
            case ChangeResult.Refused { Conflict: { } conflict } found:
                var possible = (conflict.Legal ?? CaseTransitions.CommandsFrom(found.Current.State)).Select(CommandCatalog.NameOf);
                return Problem.Of(409, conflict.Code, conflict.Detail, new() { ["state"] = found.Current.State.ToString(), ["commands"] = possible });
            case ChangeResult.Refused refused:
                return Problem.Invalid("INVALID_COMMAND", "The command was not carried out; mend what errors names.", refused.Problems);
            case ChangeResult.Stale stale:
                return Problem.Of(412, "STALE", $"The case is at version {stale.Current.Version}; read it again and decide anew.", new() { ["version"] = stale.Current.Version });
            default:
                return Problem.NotFound("The case is no longer in your part of the city.");
        }
    }

    private static (int? Expected, string? Key, IResult? Problem) Headers(HttpRequest request)
    {
        var match = request.Headers.IfMatch.ToString().Trim();
        int? expected = null;
        if (match.Length > 0 && match != "*")
        {
            if (!int.TryParse(match.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            {
                return (null, null, Problem.Invalid("INVALID_IF_MATCH", "If-Match must be the ETag of the case, such as \"3\"."));
            }

            expected = version;
        }

        var key = request.Headers["Idempotency-Key"].ToString();
        return key.Length > LongestKey
            ? (null, null, Problem.Invalid("INVALID_IDEMPOTENCY_KEY", $"Idempotency-Key has at most {LongestKey} characters."))
            : (expected, key.Length == 0 ? null : key, null);
    }
}
