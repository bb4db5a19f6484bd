using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;
using CityBrain.Sharing;
using CityBrain.Supervision;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Burden;

/// <summary>
/// <c>POST /api/burden/forms</c> by staff: asks the workers of areas to fill a form. 201; the same again 200; 409 naming each field that the city knows
/// already, or the workers that have had their forms for the month.
/// </summary>
public sealed class AskForm(Callers callers, FormStore forms, CityModel city, TimeProvider clock)
{
    private const int Named = 50;

    /// <summary>Answers the request.</summary>
    [Function(nameof(AskForm))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "burden/forms")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = callers.AtLeast(Role.Staff, request);
        if (caller is null)
        {
            return problem!;
        }

        var (asked, fault) = await RequestBody.ReadAsync<FormRequest>(request, cancellationToken);
        var faults = fault is null ? (asked ?? new()).Faults(caller, city).ToList() : [];
        if (fault is not null || faults.Count > 0)
        {
            return fault ?? Problem.Invalid("INVALID_FORM", "The form was not taken; mend what errors names.", faults);
        }

        var now = clock.GetUtcNow();
        var wanted = asked!.FormOf(caller, Month.Of(now, city.TimeZone));
        var (there, verdict) = await forms.AskAsync(wanted, (stored, ofMonth) => FormVerdict.Of(wanted, stored, ofMonth, city, now), cancellationToken);
        return verdict.Code switch
        {
            null when verdict.Next is null => TypedResults.Json(there, CityJson.Options),
            null => TypedResults.Json(there, CityJson.Options, statusCode: 201),
            "FIELDS_KNOWN" => Problem.Of(409, verdict.Code, "The city knows some of these fields already; leave them out and read them where known says.", new() { ["known"] = verdict.Known }),
            "FORM_CAP" => Problem.Of(
                409,
                verdict.Code,
                $"{verdict.Full.Count} workers have had the {city.Dispatch.Burden.FormsPerMonth} forms that a month may bring; ask next month, or join forms.",
                new() { ["workers"] = verdict.Full.Take(Named) }),
            _ => Problem.Of(409, verdict.Code, "A form with another content is there under this id; give a new one its own."),
        };
    }
}

/// <summary>What is asked of workers.</summary>
/// <param name="Id">The caller's own number, 1 to 128 characters; the same again is the same form.</param>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Fields">1 to 50, of at most 100 characters each.</param>
/// <param name="Areas">Ids of areas, 1 to 100.</param>
/// <param name="Levels">Grid or community; both when left out.</param>
/// <param name="DueAt">To be filled by then.</param>
public sealed record FormRequest(string? Id = null, string? Title = null, IReadOnlyList<string?>? Fields = null, IReadOnlyList<string?>? Areas = null, IReadOnlyList<AreaLevel>? Levels = null, DateTimeOffset? DueAt = null)
{
    private static readonly AreaLevel[] WorkerLevels = [AreaLevel.Community, AreaLevel.Grid];

    /// <summary>What is wrong, as sentences.</summary>
    public IEnumerable<string> Faults(Caller caller, CityModel city)
    {
        if (string.IsNullOrWhiteSpace(Id) || Id.Length > 128)
        {
            yield return "id must have 1 to 128 characters.";
        }

        if (string.IsNullOrWhiteSpace(Title) || Title.Length > 200)
        {
            yield return "title must have 1 to 200 characters.";
        }

        if (Fields is not { Count: >= 1 and <= 50 } || Fields.Any(field => string.IsNullOrWhiteSpace(field) || field.Length > 100))
        {
            yield return "fields must name 1 to 50 fields of 1 to 100 characters.";
        }

        if (Levels is { } levels && (levels.Count == 0 || levels.Any(level => !WorkerLevels.Contains(level))))
        {
            yield return "levels must be grid, community or both.";
        }

        if (DueAt is null)
        {
            yield return "dueAt must say until when.";
        }

        var bad = Areas is { Count: >= 1 and <= 100 } ? Areas.Where(area => area is null || city.Areas.Find(area) is null || !caller.MaySee(caller.Department, area, city.Areas)).ToList() : [null];
        if (bad.Count > 0)
        {
            yield return $"areas must name 1 to 100 areas in your part of the city{(bad[0] is { } id ? $"; '{id}' is none" : "")}.";
        }
        else if (!city.Workers.Any(worker => FormOf(caller, default).IsFor(worker, city.Areas)))
        {
            yield return "Nobody works in these areas at these levels.";
        }
    }

    /// <summary>The form that is wanted.</summary>
    public BurdenForm FormOf(Caller caller, Month month) => new(
        CaseKeys.CaseId(caller.Name, Id ?? ""),
        caller.Name,
        month,
        Redactor.Redact(Title?.Trim() ?? ""),
        [.. (Fields ?? []).Select(field => Redactor.Redact(field?.Trim() ?? "")).Distinct(StringComparer.Ordinal)],
        [.. (Areas ?? []).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        [.. (Levels ?? WorkerLevels).Distinct().Order()],
        DueAt ?? default);
}
