using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.EarlyWarning;

/// <summary>
/// <c>GET /api/warnings?open=&amp;limit=</c>: warnings, newest first, with how often they were right; <c>GET /api/warnings/{id}</c>: one with its evidence;
/// <c>GET /api/warnings/associations</c>: which complaints follow which anomalies of devices. Each caller sees those of its part of the city.
/// </summary>
public sealed class GetWarnings(WarningAccess access, WarningStore store, WarnedCases cases, AssociationBoard associations, CityModel city)
{
    private const int MostRead = 500;
    private const int DefaultLimit = 50;
    private const int MostListed = 200;
    private const int MostCases = 50;

    /// <summary>Answers the list.</summary>
    [Function("ListWarnings")]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "warnings")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        var (limit, limitProblem) = RequestQuery.NumberOf(request, "limit", DefaultLimit, 1, MostListed);
        bool? open = request.Query["open"].ToString() switch { "" or "false" => false, "true" => true, _ => null };
        if (problem is not null || limitProblem is not null || open is null)
        {
            return problem ?? limitProblem ?? Problem.Invalid("INVALID_QUERY", "open: true or false.");
        }

        var seen = (await store.ListAsync(MostRead, cancellationToken)).Where(kept => access.MaySee(caller!, kept.Warning)).ToList();
        var shown = seen.Where(kept => open is false || kept.Warning.End is null).Take(limit!.Value).Select(kept => WarningView.Of(kept, city));
        return TypedResults.Json(new { warnings = shown, precision = WarningPrecision.Of([.. seen.Select(kept => kept.Ruling?.Disposition)]) }, CityJson.Options);
    }

    /// <summary>Answers one warning.</summary>
    [Function("GetWarning")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "warnings/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        if (problem is not null)
        {
            return problem;
        }

        if (await store.FindAsync(id, cancellationToken) is not { } kept || !access.MaySee(caller!, kept.Warning))
        {
            return Problem.NotFound("There is no such warning in your part of the city.");
        }

        var behind = await cases.ListAsync(caller!, kept.Warning.Signs.SelectMany(sign => sign.Cases).Distinct(StringComparer.Ordinal).Take(MostCases), cancellationToken);
        return TypedResults.Json(WarningView.Of(kept, city) with { Cases = behind }, CityJson.Options);
    }

    /// <summary>Answers what follows what.</summary>
    [Function("ListAssociations")]
    public async Task<IResult> AssociationsAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "warnings/associations")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (_, problem) = access.Staff(request);
        return problem ?? TypedResults.Json(new { associations = await associations.ListAsync(cancellationToken) }, CityJson.Options);
    }
}
