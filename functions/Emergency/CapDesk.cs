using CityBrain.City;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using NetTopologySuite.Geometries;

namespace CityBrain.Emergency;

/// <summary>Takes in CAP messages: an Alert opens or joins an emergency, an Update or Cancel follows a known message; each message counts once.</summary>
public sealed partial class CapDesk(EmergencyDesk desk, EmergencyStore store, EmergencyPlans plans, IEmergencyNotices notices, CityModel city, TimeProvider clock, ILogger<CapDesk> logger)
{
    /// <summary>Answers a message.</summary>
    public async Task<IResult> TakeAsync(CapMessage message, Caller caller, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (await store.OfMessageAsync(message.Sender, message.Identifier, cancellationToken) is { } known)
        {
            await TellCalledOffAsync(known, message, cancellationToken);
            return desk.ViewOf((await store.FindAsync(known, cancellationToken))!);
        }

        if (message.Expires <= clock.GetUtcNow())
        {
            return Rejected(caller, message, "CAP_EXPIRED", "The message has expired; send one that still holds.");
        }

        return message.Kind == "Alert" ? await AlertAsync(message, caller, durable, cancellationToken) : await FollowAsync(message, caller, durable, cancellationToken);
    }

    private async Task<IResult> AlertAsync(CapMessage message, Caller caller, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (PlanOf(message) is not { } plan)
        {
            return Rejected(caller, message, "CAP_NO_PLAN", $"The city has no plan for this event. It has plans for: {string.Join(", ", plans.All.Select(own => own.Name.En))}.");
        }

        if (AreaOf(message) is not { } areaId)
        {
            return Rejected(caller, message, "CAP_NO_AREA", "The message names no area of this city: give a polygon that meets it, or a geocode with the id of an area.");
        }

        var open = (await store.AllAsync(cancellationToken)).FirstOrDefault(emergency =>
            emergency.PlanCode == plan.Code && emergency.State is not (EmergencyState.Ended or EmergencyState.Reviewed) && Overlap(emergency.AreaId, areaId));
        var emergency = open ?? (await desk.DeclareAsync(new DeclareRequest(EmergencyRecord.SourceOf(message.Sender, message.Identifier), plan.Code, message.Level, areaId, message.Headline), caller, durable, cancellationToken)).Emergency;
        var received = Received(message);
        var wider = open is { State: EmergencyState.Declared } && !city.Areas.Chain(areaId).Any(area => area.Id == open.AreaId) ? areaId : emergency.AreaId;
        var level = open is { State: EmergencyState.Declared } && open.Level > received.Level ? received with { Level = open.Level } : received;
        return await desk.MoveAsync(emergency.Id, new Receive(level, wider), caller, durable, cancellationToken);
    }

    private async Task<IResult> FollowAsync(CapMessage message, Caller caller, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        foreach (var reference in message.References)
        {
            if (await store.OfMessageAsync(reference.Sender, reference.Identifier, cancellationToken) is { } id && await store.FindAsync(id, cancellationToken) is { } emergency
                && emergency.Received.Any(known => known.Sender == reference.Sender && known.Identifier == reference.Identifier && known.Sent == reference.Sent))
            {
                var areaId = message.Kind == "Cancel" ? emergency.AreaId : AreaOf(message) ?? emergency.AreaId;
                var answer = await desk.MoveAsync(id, current => CallOff.OrReceive(current, Received(message), areaId), caller, durable, cancellationToken);
                await TellCalledOffAsync(id, message, cancellationToken);
                return answer;
            }
        }

        return Rejected(caller, message, "CAP_UNREFERENCED", $"The {message.Kind} must name in references a message that this city has received; send the Alert first.");
    }

    /// <summary>Tells the duty officers when the Cancel was the last word; a sender that repeats it after a crash has it told again, which is telling it once.</summary>
    private async Task TellCalledOffAsync(string id, CapMessage message, CancellationToken cancellationToken)
    {
        if (message.Kind == "Cancel" && await store.FindAsync(id, cancellationToken) is { IsCalledOff: true } emergency && plans.Find(emergency.PlanCode) is { } plan)
        {
            var last = (await store.HistoryAsync(id, cancellationToken)).Last(step => step.Action is EmergencyAction.CallOff or EmergencyAction.Receive);
            await notices.TellCalledOffAsync(emergency, plan, last.At, cancellationToken);
        }
    }

    private EmergencyPlan? PlanOf(CapMessage message) =>
        plans.All.FirstOrDefault(plan => plan.CapEvents.Any(word => message.Event.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The area of a geocode; else the one district that the polygons meet, or the city when they meet several.</summary>
    private string? AreaOf(CapMessage message)
    {
        if (message.Geocodes.FirstOrDefault(code => city.Areas.Find(code) is { Level: not AreaLevel.Grid }) is { } coded)
        {
            return coded;
        }

        var shapes = message.Polygons.Select(ring => (Geometry)new Polygon(new LinearRing([.. ring.Select(point => new Coordinate(point.Longitude, point.Latitude))]))).Select(Mended).ToList();
        var met = city.Areas.Children(city.Areas.City.Id).Where(district => shapes.Any(shape => shape.Intersects(city.Areas.Polygon(district.Id)))).ToList();
        return met switch
        {
            [] => null,
            [var only] => only.Id,
            _ => city.Areas.City.Id,
        };
    }

    /// <summary>A ring that crosses itself still means a place.</summary>
    private static Geometry Mended(Geometry shape) => shape.IsValid ? shape : NetTopologySuite.Geometries.Utilities.GeometryFixer.Fix(shape);

    private bool Overlap(string one, string other) =>
        city.Areas.Find(one) is not null && (city.Areas.Chain(one).Any(area => area.Id == other) || city.Areas.Chain(other).Any(area => area.Id == one));

    private static ReceivedAlert Received(CapMessage message) => new(message.Kind, message.Sender, message.Identifier, message.Sent, message.Expires, message.Level);

    private IResult Rejected(Caller caller, CapMessage message, string code, string detail)
    {
        LogRejected(message.Kind, message.Sent, caller.Name, code);
        return Problem.Of(422, code, detail);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "CAP {Kind} sent {Sent} by way of {Caller} was rejected: {Code}")]
    private partial void LogRejected(string kind, DateTimeOffset sent, string caller, string code);
}
