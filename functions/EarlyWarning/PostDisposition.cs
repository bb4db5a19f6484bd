using System.Globalization;
using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.EarlyWarning.Watching;
using CityBrain.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.EarlyWarning;

/// <summary>
/// <c>POST /api/warnings/{id}/disposition</c> by staff in whose part of the city it lies: who looks after a warning, and what it was found to be. True ones
/// let warnings come a little earlier, false ones a little later. The same again changes nothing.
/// </summary>
public sealed class PostDisposition(WarningAccess access, WarningStore store, WatchQueue queue, CityModel city, TimeProvider clock)
{
    private const int LongestOwner = 100;
    private const int LongestNote = 500;

    /// <summary>Answers the request.</summary>
    [Function(nameof(PostDisposition))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "warnings/{id}/disposition")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        if (problem is not null)
        {
            return problem;
        }

        var (wanted, fault) = await RequestBody.ReadAsync<DispositionRequest>(request, cancellationToken);
        if (fault is not null || wanted is null || ProblemOf(wanted) is not null)
        {
            return fault ?? Problem.Invalid("INVALID_DISPOSITION", wanted is null ? "Give owner or disposition." : ProblemOf(wanted)!);
        }

        if (await store.FindAsync(id, cancellationToken) is not { } kept || !access.MaySee(caller!, kept.Warning))
        {
            return Problem.NotFound("There is no such warning in your part of the city.");
        }

        var now = clock.GetUtcNow();
        var ruling = await store.RuleAsync(
            kept.Warning.Id,
            before => new(kept.Warning.Id, wanted.Owner?.Trim() ?? before?.Owner, wanted.Disposition ?? before?.Disposition, wanted.Note is null ? before?.Note : Redactor.Redact(wanted.Note.Trim()), caller!.Name, now),
            cancellationToken);
        if (ruling.Disposition is not null)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"ruling-{ruling.WarningId}-{ruling.At.UtcTicks}");
            await queue.SendAsync(new WatchEntry(key, ruling.At) { Ruling = new(ruling.WarningId, ruling.Disposition) }, cancellationToken);
        }

        return TypedResults.Json(WarningView.Of(kept with { Ruling = ruling }, city), CityJson.Options);
    }

    private static string? ProblemOf(DispositionRequest wanted) => wanted switch
    {
        { Owner: null, Disposition: null } => "Give owner or disposition (true, false, known, drill).",
        { Owner.Length: 0 or > LongestOwner } => $"owner: 1 to {LongestOwner} characters.",
        { Note.Length: > LongestNote } => $"note: at most {LongestNote} characters.",
        { Disposition: Disposition.False, Note: null or "" } => "Say in note why it was false.",
        _ => null,
    };
}

/// <summary>Who looks after a warning, and what it was found to be.</summary>
/// <param name="Owner">Department or officer; null leaves it as it is.</param>
/// <param name="Disposition">Null leaves it as it is.</param>
/// <param name="Note">Why; required when it was false.</param>
public sealed record DispositionRequest(string? Owner, Disposition? Disposition, string? Note);
