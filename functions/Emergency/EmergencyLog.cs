using System.Globalization;
using System.Text;

namespace CityBrain.Emergency;

/// <summary>The after-action log: everything that happened, in order, and how each area did.</summary>
/// <param name="Emergency">The record as it stands.</param>
/// <param name="Entries">All that happened, oldest first.</param>
/// <param name="Areas">One line for each area that had an order.</param>
/// <param name="Cases">Linked cases.</param>
public sealed record EmergencyLog(EmergencyRecord Emergency, IReadOnlyList<LogEntry> Entries, IReadOnlyList<AreaLine> Areas, IReadOnlyList<string> Cases)
{
    /// <summary>Puts the log together. Pure.</summary>
    public static EmergencyLog Of(EmergencyRecord emergency, IReadOnlyList<EmergencyEntry> history, IReadOnlyList<EmergencyOrder> orders, IReadOnlyList<string> cases)
    {
        var entries = history.Select(step => new LogEntry(step.At, step.Actor, step.Action.ToString(), step.Summary))
            .Concat(orders.SelectMany(order => order.Log.Select(step => new LogEntry(step.At, order.AreaId, step.Kind.ToString(), Detail(step)))))
            .OrderBy(entry => entry.At);
        return new(emergency, [.. entries], [.. orders.Select(AreaLine.Of)], cases);
    }

    /// <summary>The log as a person reads it.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Emergency {Emergency.Id}: {Emergency.PlanCode} in {Emergency.AreaId}, {Emergency.State}, {Emergency.Level}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Areas.Count} areas, {Areas.Count(area => area.WasLate)} late, {Areas.Count(area => area.IsMissing)} missing, {Cases.Count} cases").AppendLine();
        foreach (var entry in Entries)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{entry.At:yyyy-MM-dd HH:mm:sszzz}  {entry.Who,-24} {entry.What,-12} {entry.Detail}");
        }

        text.AppendLine().AppendLine("Late:");
        foreach (var area in Areas.Where(area => area.WasLate))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {area.AreaId,-24} {(area.Minutes is { } minutes ? $"after {minutes:F0} min" : "never")}, climbed {area.Climbed} levels");
        }

        return text.ToString();
    }

    private static string? Detail(OrderEvent step) => string.Join(" ", new[] { step.Who, step.Tasks is null ? null : string.Join(",", step.Tasks) }.OfType<string>()) is { Length: > 0 } detail ? detail : null;
}

/// <summary>One thing that happened.</summary>
public sealed record LogEntry(DateTimeOffset At, string Who, string What, string? Detail);

/// <summary>How one area did.</summary>
/// <param name="AreaId">Which.</param>
/// <param name="Minutes">From the last order to its confirmation; null when it was never confirmed.</param>
/// <param name="Climbed">How many levels an order climbed, at most.</param>
/// <param name="WasLate">True when one of its orders had to be reminded of.</param>
/// <param name="IsMissing">True when the last order still waits.</param>
public sealed record AreaLine(string AreaId, double? Minutes, int Climbed, bool WasLate, bool IsMissing)
{
    /// <summary>The line of an order.</summary>
    public static AreaLine Of(EmergencyOrder order) => new(
        order.AreaId,
        (order.AcknowledgedAt - order.SentAt)?.TotalMinutes,
        order.Log.Count(step => step.Kind is OrderEventKind.Climbed),
        order.Log.Any(step => step.Kind is OrderEventKind.Reminded),
        order.IsMissing);
}
