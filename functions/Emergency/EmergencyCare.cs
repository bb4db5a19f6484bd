using CityBrain.City;

namespace CityBrain.Emergency;

/// <summary>
/// What the city does by itself while an emergency runs: gives each area its tasks, tells of them, reminds and climbs where nobody confirms, and
/// calls the roll. Each part decides from the record and the orders as they stand, so doing it twice does no harm.
/// </summary>
public sealed class EmergencyCare(EmergencyStore store, EmergencyPlans plans, IEmergencyNotices notices, CityModel city, TimeProvider clock)
{
    /// <summary>Who acts, in the history.</summary>
    public const string Actor = "command";

    /// <summary>Longest time without a look, so that lost news costs minutes.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    /// <summary>The districts, streets and communities of an emergency's area, and the area itself if it is one.</summary>
    public static IEnumerable<Area> AreasOf(string areaId, AreaMap areas) =>
        new[] { areas.Find(areaId)! }.Where(area => area.Level is not (AreaLevel.City or AreaLevel.Grid))
            .Concat(areas.Children(areaId).Where(area => area.Level is not AreaLevel.Grid).SelectMany(area => AreasOf(area.Id, areas)));

    /// <summary>The branches that are given their tasks side by side: the districts, or the area itself when it lies below.</summary>
    public IReadOnlyList<string> BranchesOf(EmergencyRecord emergency) =>
        city.Areas.Find(emergency.AreaId) is not { } area ? []
        : area.Level is AreaLevel.City ? [.. city.Areas.Children(area.Id).Select(district => district.Id)]
        : [area.Id];

    /// <summary>Gives every area of a branch the tasks that its level needs now; touches only orders that differ.</summary>
    public async Task TaskAsync(string id, string branchId, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } emergency || plans.Find(emergency.PlanCode) is not { } plan || city.Areas.Find(branchId) is null)
        {
            return;
        }

        foreach (var area in AreasOf(branchId, city.Areas))
        {
            await store.ChangeOrderAsync(id, area.Id, order => OrderRules.Task(order, emergency, area, plan.Levels[emergency.Level], clock.GetUtcNow()), cancellationToken);
        }
    }

    /// <summary>Takes every rung that is due, calls the roll when its time has come, and says when to look again; null when the emergency is over.</summary>
    public async Task<DateTimeOffset?> WatchAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } emergency || plans.Find(emergency.PlanCode) is not { } plan)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (!emergency.IsRunning)
        {
            foreach (var order in await store.OrdersAsync(id, cancellationToken))
            {
                await TellAsync(emergency, plan, order, cancellationToken);
            }

            return emergency.State is EmergencyState.Declared ? now + LongestRest : null;
        }

        var rule = plan.Levels[emergency.Level];
        var orders = new List<EmergencyOrder>();
        foreach (var order in await store.OrdersAsync(id, cancellationToken))
        {
            var climbed = await ClimbAsync(order, rule, cancellationToken);
            await TellAsync(emergency, plan, climbed, cancellationToken);
            orders.Add(climbed);
        }

        var rollCallAt = (emergency.RollCalledAt ?? now) + TimeSpan.FromMinutes(rule.RollCallMinutes);
        if (rollCallAt <= now)
        {
            var called = new RollCalled(orders.Count(order => order.Tasks.Count > 0), [.. orders.Where(order => order.IsMissing).Select(order => order.AreaId)]);
            await store.ChangeAsync(id, current => current.IsRunning && current.RollCalledAt == emergency.RollCalledAt ? called : null, Actor, (_, _) => true, cancellationToken);
            rollCallAt = now + TimeSpan.FromMinutes(rule.RollCallMinutes);
        }

        return orders.Where(order => order.IsMissing).Select(order => order.DueAt).OfType<DateTimeOffset>().Append(rollCallAt).Append(now + LongestRest).Min();
    }

    /// <summary>Tells of every step that was not told of yet; a crash in between tells it again, which is telling it once.</summary>
    private async Task TellAsync(EmergencyRecord emergency, EmergencyPlan plan, EmergencyOrder order, CancellationToken cancellationToken)
    {
        if (order.Told >= order.Log.Count)
        {
            return;
        }

        for (var step = order.Told; step < order.Log.Count; step++)
        {
            await notices.TellAsync(emergency, plan, order, step, cancellationToken);
        }

        await store.ChangeOrderAsync(order.EmergencyId, order.AreaId, current => current is null || current.Told >= order.Log.Count ? null : current with { Told = order.Log.Count }, cancellationToken);
    }

    private async Task<EmergencyOrder> ClimbAsync(EmergencyOrder order, LevelRule rule, CancellationToken cancellationToken) =>
        OrderRules.Climb(order, city.Areas, rule, clock.GetUtcNow()) is null
            ? order
            : (await store.ChangeOrderAsync(order.EmergencyId, order.AreaId, current => current is null ? null : OrderRules.Climb(current, city.Areas, rule, clock.GetUtcNow()), cancellationToken))!;
}
