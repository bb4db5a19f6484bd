using CityBrain.City;

namespace CityBrain.Emergency;

/// <summary>A change that somebody wants to make to an emergency. The transition table decides whether it is legal; the move fills in what else changes. Pure.</summary>
public abstract record EmergencyMove
{
    /// <summary>Longest reason or finding.</summary>
    public const int LongestWords = 4000;

    /// <summary>What it does, as the transition table knows it.</summary>
    public abstract EmergencyAction Action { get; }

    /// <summary>One line for the history.</summary>
    public virtual string? Summary => null;

    /// <summary>The level for which an authority signs; null when none need sign.</summary>
    public virtual EmergencyLevel? Signs(EmergencyRecord current) => null;

    /// <summary>Why the arguments cannot be accepted; none when all is well.</summary>
    public virtual IEnumerable<string> Problems(EmergencyRecord current) => [];

    /// <summary>What changes beside state and version.</summary>
    public virtual EmergencyRecord Apply(EmergencyRecord current, DateTimeOffset now) => current;

    /// <summary>A fault when words are missing or too long.</summary>
    protected static IEnumerable<string> Words(string name, string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > LongestWords ? [$"{name} must have 1 to {LongestWords} characters."] : [];

    /// <summary>The more serious of two levels.</summary>
    protected static EmergencyLevel Higher(EmergencyLevel one, EmergencyLevel other) => one > other ? one : other;
}

/// <summary>Starts the response, at the proposed level or another. 启动响应</summary>
public sealed record Activate(EmergencyLevel? Level = null) : EmergencyMove
{
    /// <inheritdoc/>
    public override EmergencyAction Action => EmergencyAction.Activate;

    /// <inheritdoc/>
    public override string? Summary => Level?.ToString();

    /// <inheritdoc/>
    public override EmergencyLevel? Signs(EmergencyRecord current) => Level ?? current.Level;

    /// <inheritdoc/>
    public override EmergencyRecord Apply(EmergencyRecord current, DateTimeOffset now) =>
        Alerts.Issue(current with { Level = Level ?? current.Level, ActivatedAt = now, RollCalledAt = now }, "Alert", now);
}

/// <summary>Changes the level; signed by the authority of the higher of the two. 调整响应</summary>
public sealed record Adjust(EmergencyLevel? Level, string? Reason) : EmergencyMove
{
    /// <inheritdoc/>
    public override EmergencyAction Action => EmergencyAction.Adjust;

    /// <inheritdoc/>
    public override string Summary => $"{Level}: {Reason}";

    /// <inheritdoc/>
    public override EmergencyLevel? Signs(EmergencyRecord current) => Higher(current.Level, Level ?? current.Level);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(EmergencyRecord current) =>
        Words("reason", Reason).Concat(Level is null || Level == current.Level ? [$"level must be another than {current.Level}: blue, yellow, orange or red."] : []);

    /// <inheritdoc/>
    public override EmergencyRecord Apply(EmergencyRecord current, DateTimeOffset now) => Alerts.Issue(current with { Level = Level!.Value }, "Update", now);
}

/// <summary>Ends the response; signed by the authority of its level. 终止响应</summary>
public sealed record End(string? Reason) : EmergencyMove
{
    /// <inheritdoc/>
    public override EmergencyAction Action => EmergencyAction.End;

    /// <inheritdoc/>
    public override string? Summary => Reason;

    /// <inheritdoc/>
    public override EmergencyLevel? Signs(EmergencyRecord current) => current.Level;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(EmergencyRecord current) => Words("reason", Reason);

    /// <inheritdoc/>
    public override EmergencyRecord Apply(EmergencyRecord current, DateTimeOffset now) => Alerts.Issue(current with { EndedAt = now }, "Cancel", now);
}

/// <summary>Puts a draft away without a response.</summary>
public sealed record Dismiss(string? Reason) : EmergencyMove
{
    /// <inheritdoc/>
    public override EmergencyAction Action => EmergencyAction.Dismiss;

    /// <inheritdoc/>
    public override string? Summary => Reason;

    /// <inheritdoc/>
    public override EmergencyLevel? Signs(EmergencyRecord current) => current.Level;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(EmergencyRecord current) => Words("reason", Reason);

    /// <inheritdoc/>
    public override EmergencyRecord Apply(EmergencyRecord current, DateTimeOffset now) => current with { EndedAt = now };
}

/// <summary>Records what was learned. 复盘</summary>
public sealed record Review(string? Findings) : EmergencyMove
{
    /// <inheritdoc/>
    public override EmergencyAction Action => EmergencyAction.Review;

    /// <inheritdoc/>
    public override string? Summary => Findings;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(EmergencyRecord current) => Words("findings", Findings);

    /// <inheritdoc/>
    public override EmergencyRecord Apply(EmergencyRecord current, DateTimeOffset now) => current with { Findings = Findings };
}

/// <summary>A case belongs to the emergency: it leaves the ranking.</summary>
public sealed record Link(string CaseId) : EmergencyMove
{
    /// <inheritdoc/>
    public override EmergencyAction Action => EmergencyAction.Link;

    /// <inheritdoc/>
    public override string Summary => CaseId;
}

/// <summary>An alert came in. A draft takes on its level and area; a response that runs is changed by its authority alone.</summary>
public sealed record Receive(ReceivedAlert Alert, string AreaId) : EmergencyMove
{
    /// <inheritdoc/>
    public override EmergencyAction Action => EmergencyAction.Receive;

    /// <inheritdoc/>
    public override string Summary => $"{Alert.Kind} {Alert.Identifier} of {Alert.Sender}: {Alert.Level}";

    /// <inheritdoc/>
    public override EmergencyRecord Apply(EmergencyRecord current, DateTimeOffset now) =>
        current with
        {
            Received = [.. current.Received, Alert],
            Level = current.State is EmergencyState.Declared && Alert.Kind is not "Cancel" ? Alert.Level : current.Level,
            AreaId = current.State is EmergencyState.Declared && Alert.Kind is not "Cancel" ? AreaId : current.AreaId,
        };
}

/// <summary>
/// A Cancel came in that leaves no alert standing. A draft that only alerts had made is over with it; a response that runs is flagged, and its
/// authority ends it.
/// </summary>
public sealed record CallOff(ReceivedAlert Alert) : EmergencyMove
{
    /// <inheritdoc/>
    public override EmergencyAction Action => EmergencyAction.CallOff;

    /// <inheritdoc/>
    public override string Summary => $"{Alert.Kind} {Alert.Identifier} of {Alert.Sender}: no alert stands any more";

    /// <inheritdoc/>
    public override EmergencyRecord Apply(EmergencyRecord current, DateTimeOffset now) =>
        current with { Received = [.. current.Received, Alert], EndedAt = current.State is EmergencyState.Ended ? now : current.EndedAt };

    /// <summary>The move that a message makes: a Cancel after which no alert stands calls off, whatever else is received.</summary>
    public static EmergencyMove OrReceive(EmergencyRecord current, ReceivedAlert alert, string areaId) =>
        (current with { Received = [.. current.Received, alert] }).IsCalledOff && (current.State is not EmergencyState.Declared || current.IsByAlert) ? new CallOff(alert) : new Receive(alert, areaId);
}

/// <summary>The missing were listed. 点名</summary>
public sealed record RollCalled(int Expected, IReadOnlyList<string> Missing) : EmergencyMove
{
    private const int Named = 50;

    /// <inheritdoc/>
    public override EmergencyAction Action => EmergencyAction.RollCall;

    /// <inheritdoc/>
    public override string Summary => $"{Expected - Missing.Count} of {Expected} acknowledged"
        + (Missing.Count == 0 ? "" : $"; missing: {string.Join(", ", Missing.Take(Named))}{(Missing.Count > Named ? $" and {Missing.Count - Named} more" : "")}");

    /// <inheritdoc/>
    public override EmergencyRecord Apply(EmergencyRecord current, DateTimeOffset now) => current with { RollCalledAt = now };
}

/// <summary>The city's own alerts.</summary>
internal static class Alerts
{
    /// <summary>How long an alert is to be heeded, unless it is updated or cancelled before.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromHours(24);

    public static EmergencyRecord Issue(EmergencyRecord changed, string kind, DateTimeOffset now)
    {
        // CAP times have no fractions of a second.
        var sent = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), now.Offset);
        var alert = new IssuedAlert(kind, $"{changed.Id}.{changed.Issued.Count + 1}", sent, sent + Validity, changed.Level);
        return changed with { Issued = [.. changed.Issued, alert] };
    }
}
