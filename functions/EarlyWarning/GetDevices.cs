using CityBrain.City;
using CityBrain.EarlyWarning.Sensors;
using CityBrain.EarlyWarning.Watching;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.EarlyWarning;

/// <summary><c>GET /api/devices</c>: what is strange about each device of the caller's part of the city: anomalies of what it measures, and faults of its own.</summary>
public sealed class GetDevices(WarningAccess access, DeviceDesk desk, CityModel city)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(GetDevices))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "devices")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (caller, problem) = access.Staff(request);
        if (problem is not null)
        {
            return problem;
        }

        var watched = await desk.ListAsync(cancellationToken).ToListAsync(cancellationToken);
        var measures = watched.ToLookup(measure => measure.DeviceId, StringComparer.Ordinal);
        var devices = city.Devices.All.Where(device => MaySee(caller!, device)).Select(device => new DeviceView(
            device.Id,
            device.Kind,
            device.Name,
            device.AreaId,
            [.. measures[device.Id].Select(measure => new MeasureView(
                measure.Measure,
                measure.Watch.Last,
                [.. measure.Watch.Open.Where(finding => !finding.IsFault)],
                [.. measure.Watch.Open.Where(finding => finding.IsFault)]))]));
        return TypedResults.Json(new { devices }, CityJson.Options);
    }

    private bool MaySee(Caller caller, Device device) => access.MaySee(caller, device.Rules.Select(rule => rule.CatalogueCode).Concat(city.Devices.CategoriesOf(device.Kind)), device.AreaId is { } area ? [area] : []);
}

/// <summary>A device as staff see it.</summary>
public sealed record DeviceView(string Id, string Kind, LocalizedName Name, string? AreaId, IReadOnlyList<MeasureView> Measures);

/// <summary>One measure of a device.</summary>
/// <param name="Measure">Which.</param>
/// <param name="LastReading">When it was last heard of.</param>
/// <param name="Anomalies">What is strange about what it measures.</param>
/// <param name="Faults">What is wrong with the device itself: no alarm.</param>
public sealed record MeasureView(string Measure, DateTimeOffset? LastReading, IReadOnlyList<SensorFinding> Anomalies, IReadOnlyList<SensorFinding> Faults);
