using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Emergency;

namespace CityBrain.Notifications;

/// <summary>Turns the orders of an emergency into notices.</summary>
public sealed class EmergencyNotices(NoticePublisher publisher, CityModel city) : IEmergencyNotices
{
    /// <inheritdoc/>
    public Task TellAsync(EmergencyRecord emergency, EmergencyPlan plan, EmergencyOrder order, int step, CancellationToken cancellationToken) =>
        For(emergency, plan, order, step, city.Areas) is { } notice ? publisher.PublishAsync(notice, cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task TellCalledOffAsync(EmergencyRecord emergency, EmergencyPlan plan, DateTimeOffset at, CancellationToken cancellationToken) => publisher.PublishAsync(
        new Notice(NoticeChannels.Duty, NoticeKind.EmergencyCalledOff, emergency.Id, emergency.Received.Count, at, AreaId: emergency.AreaId, Emergency: new(emergency.Id, plan.Name, emergency.Level, [])),
        cancellationToken);

    /// <summary>
    /// The notice of a step of an order: given, reminded of and called off to the area, climbed to the area one level up; null for the others. Each order
    /// is told of by a number of its own, as orders of many areas climb to one channel. Pure.
    /// </summary>
    public static Notice? For(EmergencyRecord emergency, EmergencyPlan plan, EmergencyOrder order, int step, AreaMap areas)
    {
        var what = order.Log[step];
        NoticeKind? kind = what.Kind switch
        {
            OrderEventKind.Sent => NoticeKind.EmergencyOrder,
            OrderEventKind.Reminded => NoticeKind.EmergencyReminder,
            OrderEventKind.Climbed => NoticeKind.EmergencyClimbed,
            OrderEventKind.CalledOff => NoticeKind.EmergencyOrderEnded,
            _ => null,
        };
        return kind is { } known && areas.Find(what.Kind is OrderEventKind.Climbed ? what.Who ?? "" : order.AreaId) is { } told
            ? new(
                NoticeChannels.Area(told),
                known,
                CaseKeys.CaseId(emergency.Id, order.AreaId),
                step + 1,
                what.At,
                AreaId: order.AreaId,
                Emergency: new(emergency.Id, plan.Name, order.Level, [.. (what.Tasks ?? order.Tasks).Select(task => plan.Tasks.GetValueOrDefault(task)).OfType<LocalizedName>()]))
            : null;
    }
}
