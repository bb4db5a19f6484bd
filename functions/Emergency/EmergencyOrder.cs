using CityBrain.City;

namespace CityBrain.Emergency;

/// <summary>What one area has to do, and whether it has confirmed it.</summary>
/// <param name="EmergencyId">Which emergency.</param>
/// <param name="AreaId">Who.</param>
/// <param name="Level">The level of the response that it belongs to.</param>
/// <param name="Tasks">Task codes of the plan; empty when it was called off.</param>
/// <param name="SentAt">When these tasks were given.</param>
/// <param name="DueAt">The next rung: reminder, then climbing; null once acknowledged.</param>
/// <param name="Rung">0 when sent, 1 when reminded, one more for each level that it climbed.</param>
/// <param name="Log">Everything that happened to it, oldest first.</param>
public sealed record EmergencyOrder(
    string EmergencyId,
    string AreaId,
    EmergencyLevel Level,
    IReadOnlyList<string> Tasks,
    DateTimeOffset SentAt,
    DateTimeOffset? DueAt,
    int Rung,
    IReadOnlyList<OrderEvent> Log)
{
    /// <summary>When the area confirmed these tasks.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>So many steps of the log were told of.</summary>
    public int Told { get; init; }

    /// <summary>True while it waits for a confirmation.</summary>
    public bool IsMissing => Tasks.Count > 0 && AcknowledgedAt is null;
}

/// <summary>One thing that happened to an order.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Who">The caller that confirmed, or the area that it climbed to.</param>
/// <param name="Tasks">The tasks that were added.</param>
public sealed record OrderEvent(DateTimeOffset At, OrderEventKind Kind, string? Who = null, IReadOnlyList<string>? Tasks = null);

/// <summary>What can happen to an order.</summary>
public enum OrderEventKind
{
    /// <summary>Tasks were given.</summary>
    Sent,

    /// <summary>Tasks were taken away; nothing new to confirm.</summary>
    Reduced,

    /// <summary>Nothing is left to do.</summary>
    CalledOff,

    /// <summary>Not confirmed in time: reminded.</summary>
    Reminded,

    /// <summary>Not confirmed after the reminder: the level above was told.</summary>
    Climbed,

    /// <summary>Confirmed.</summary>
    Acknowledged,
}

/// <summary>Decides what becomes of an order. Pure.</summary>
public static class OrderRules
{
    /// <summary>The order of an area at a level, given the one that stands; null when nothing differs.</summary>
    public static EmergencyOrder? Task(EmergencyOrder? current, EmergencyRecord emergency, Area area, LevelRule rule, DateTimeOffset now)
    {
        var tasks = emergency.IsRunning ? rule.TasksOf(area.Level) : [];
        var added = tasks.Except(current?.Tasks ?? []).ToList();
        if (added.Count > 0)
        {
            return new(emergency.Id, area.Id, emergency.Level, tasks, now, now + AckTime(rule), 0, [.. current?.Log ?? [], new OrderEvent(now, OrderEventKind.Sent, null, added)]) { Told = current?.Told ?? 0 };
        }

        if (current is null || current.Tasks.Count == tasks.Count)
        {
            return null;
        }

        var kind = tasks.Count == 0 ? OrderEventKind.CalledOff : OrderEventKind.Reduced;
        return current with { Level = emergency.Level, Tasks = tasks, DueAt = tasks.Count == 0 ? null : current.DueAt, Log = [.. current.Log, new OrderEvent(now, kind)] };
    }

    /// <summary>The order after the rung that is due: a reminder first, then one level up each time, up to the city; null when none is due.</summary>
    public static EmergencyOrder? Climb(EmergencyOrder current, AreaMap areas, LevelRule rule, DateTimeOffset now)
    {
        if (!current.IsMissing || current.DueAt is not { } due || due > now)
        {
            return null;
        }

        var above = areas.Chain(current.AreaId);
        var (step, isLast) = current.Rung == 0
            ? (new OrderEvent(now, OrderEventKind.Reminded, current.AreaId), above.Count == 1)
            : (new OrderEvent(now, OrderEventKind.Climbed, above[Math.Min(current.Rung, above.Count - 1)].Id), current.Rung + 1 >= above.Count);
        return current with { Rung = current.Rung + 1, DueAt = isLast ? null : now + AckTime(rule), Log = [.. current.Log, step] };
    }

    /// <summary>The order, confirmed; null when there is nothing to confirm.</summary>
    public static EmergencyOrder? Acknowledge(EmergencyOrder current, string who, DateTimeOffset now) =>
        current.IsMissing ? current with { AcknowledgedAt = now, DueAt = null, Log = [.. current.Log, new OrderEvent(now, OrderEventKind.Acknowledged, who)] } : null;

    private static TimeSpan AckTime(LevelRule rule) => TimeSpan.FromMinutes(rule.AcknowledgeMinutes);
}
