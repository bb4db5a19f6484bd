using CityBrain.City;
using CityBrain.Sharing;
using CityBrain.Supervision;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Burden;

/// <summary>
/// <c>GET /api/burden?area=</c>: what lies on each grid worker and community of an area, the fullest first, and the forms of the running month; in the caller's part of the city.
/// </summary>
public sealed class GetBurden(SupervisionAccess access, TaskSeats seats, FormStore forms, CityModel city, TimeProvider clock)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(GetBurden))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "burden")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        if (caller is null)
        {
            return problem!;
        }

        var areaId = request.Query["area"].ToString() is { Length: > 0 } named ? named : caller.AreaId ?? city.Areas.City.Id;
        if (city.Areas.Find(areaId) is null)
        {
            return Problem.Invalid("INVALID_QUERY", "area: the id of an area.");
        }

        var now = clock.GetUtcNow();
        var month = Month.Of(now, city.TimeZone);
        var tasks = await seats.CountAsync(cancellationToken);
        var ofMonth = await forms.OfMonthAsync(month, cancellationToken);
        var workers = city.Workers
            .Where(worker => city.Areas.Chain(worker.AreaId!).Any(area => area.Id == areaId) && caller.MaySee(worker.Id, worker.AreaId, city.Areas))
            .Select(worker => (Worker: worker, Forms: ofMonth.Where(form => form.IsFor(worker, city.Areas)).ToList()))
            .ToList();
        var caps = city.Dispatch.Burden;
        var lines = workers
            .Select(one => new WorkerBurden(
                one.Worker.Id,
                one.Worker.Name,
                one.Worker.AreaId!,
                tasks.GetValueOrDefault(one.Worker.Id),
                caps.OpenTasks,
                one.Forms.Count(form => form.AskedAt is not null),
                caps.FormsPerMonth,
                one.Forms.Sum(form => form.RefusedFields.Count)))
            .OrderByDescending(line => line.OpenTasks).ThenByDescending(line => line.FormsAsked).ThenBy(line => line.Id, StringComparer.Ordinal);
        var seen = workers.SelectMany(one => one.Forms).Where(form => form.AskedAt is not null).DistinctBy(form => form.Id).OrderBy(form => form.DueAt);
        return TypedResults.Json(new { area = areaId, month, dataAsOf = now, workers = lines, forms = seen }, CityJson.Options);
    }
}

/// <summary>What lies on one worker.</summary>
/// <param name="Id">A grid worker, or a community's own office.</param>
/// <param name="Name">What people call it.</param>
/// <param name="AreaId">Its grid or community.</param>
/// <param name="OpenTasks">Tasks that it has in hand.</param>
/// <param name="TaskCap">At most so many.</param>
/// <param name="FormsAsked">Forms that it was asked to fill this month.</param>
/// <param name="FormCap">At most so many.</param>
/// <param name="FieldsRefused">Fields of this month's forms that were refused because the city knows them.</param>
public sealed record WorkerBurden(string Id, LocalizedName Name, string AreaId, int OpenTasks, int TaskCap, int FormsAsked, int FormCap, int FieldsRefused);
