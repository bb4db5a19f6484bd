namespace CityBrain.Emergency;

/// <summary>Where an emergency stands.</summary>
public enum EmergencyState
{
    /// <summary>Drafted; waits for the signature of an authority.</summary>
    Declared,

    /// <summary>The response runs at its first level 启动响应.</summary>
    Active,

    /// <summary>The response runs at a level that was changed 调整响应.</summary>
    Adjusted,

    /// <summary>The response is over 终止响应.</summary>
    Ended,

    /// <summary>What was learned is on record 复盘.</summary>
    Reviewed,
}

/// <summary>What can happen to an emergency.</summary>
public enum EmergencyAction
{
    /// <summary>It was drafted.</summary>
    Declare,

    /// <summary>An authority starts the response.</summary>
    Activate,

    /// <summary>A draft is put away.</summary>
    Dismiss,

    /// <summary>An authority changes the level.</summary>
    Adjust,

    /// <summary>An authority ends the response.</summary>
    End,

    /// <summary>The findings are recorded.</summary>
    Review,

    /// <summary>A case belongs to it.</summary>
    Link,

    /// <summary>An area confirms its order; the order holds it.</summary>
    Acknowledge,

    /// <summary>A message of another system came.</summary>
    Receive,

    /// <summary>The missing were listed.</summary>
    RollCall,

    /// <summary>The last alert behind it was called off by its sender.</summary>
    CallOff,
}

/// <summary>The record of one emergency, and the only truth about it. Immutable: each change makes the next version.</summary>
public sealed record EmergencyRecord
{
    /// <summary>Made from where it was declared and the number there.</summary>
    public required string Id { get; init; }

    /// <summary>1 when declared, one more with each change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Where it stands.</summary>
    public EmergencyState State { get; init; }

    /// <summary>Its plan.</summary>
    public required string PlanCode { get; init; }

    /// <summary>Its level; of a draft, the level that is proposed.</summary>
    public EmergencyLevel Level { get; init; }

    /// <summary>The area that responds, with all in it.</summary>
    public required string AreaId { get; init; }

    /// <summary>One line, without personal data.</summary>
    public string Title { get; init; } = "";

    /// <summary>When it was declared.</summary>
    public DateTimeOffset DeclaredAt { get; init; }

    /// <summary>When the response started.</summary>
    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the missing were last listed.</summary>
    public DateTimeOffset? RollCalledAt { get; init; }

    /// <summary>What the review found.</summary>
    public string? Findings { get; init; }

    /// <summary>The alerts that the city gave out, oldest first.</summary>
    public IReadOnlyList<IssuedAlert> Issued { get; init; } = [];

    /// <summary>The alerts that came in, oldest first.</summary>
    public IReadOnlyList<ReceivedAlert> Received { get; init; } = [];

    /// <summary>True when alerts came in and each sender's last word is a Cancel: the authority then decides on the end.</summary>
    public bool IsCalledOff => Received.Count > 0 && Received.GroupBy(alert => alert.Sender, StringComparer.Ordinal).All(sender => sender.Last().Kind == "Cancel");

    /// <summary>True when an alert of another system declared it, and no person.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsByAlert => Received.Count > 0 && Id == Cases.CaseKeys.CaseId("emergency", SourceOf(Received[0].Sender, Received[0].Identifier));

    /// <summary>The number under which an alert declares an emergency.</summary>
    public static string SourceOf(string sender, string identifier) => $"cap/{sender}/{identifier}";

    /// <summary>True while orders run.</summary>
    public bool IsRunning => State is EmergencyState.Active or EmergencyState.Adjusted;
}

/// <summary>An alert that the city gave out.</summary>
/// <param name="Kind">Alert, Update or Cancel.</param>
/// <param name="Identifier">Unique among the city's alerts.</param>
/// <param name="Sent">When, to the second.</param>
/// <param name="Expires">Until when it is to be heeded.</param>
/// <param name="Level">The level that it tells of.</param>
public sealed record IssuedAlert(string Kind, string Identifier, DateTimeOffset Sent, DateTimeOffset Expires, EmergencyLevel Level);

/// <summary>An alert that came in.</summary>
public sealed record ReceivedAlert(string Kind, string Sender, string Identifier, DateTimeOffset Sent, DateTimeOffset? Expires, EmergencyLevel Level);

/// <summary>One step in the life of an emergency; never changed once written.</summary>
public sealed record EmergencyEntry(int Version, DateTimeOffset At, string Actor, EmergencyAction Action, EmergencyState From, EmergencyState To, string? Summary);
