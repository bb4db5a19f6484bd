namespace CityBrain.Embedded.Durable;

/// <summary>Something an orchestrator asked for.</summary>
/// <param name="Event">What history keeps of it.</param>
internal sealed record OrchestratorAction(HistoryEvent Event)
{
    /// <summary>Serialized input or payload.</summary>
    public string? Input { get; init; }

    /// <summary>Serialized tags of a sub-orchestration.</summary>
    public string? Tags { get; init; }

    /// <summary>True when a timer was cancelled in the turn that created it.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>True when the orchestrator, replayed, asks for this where history has that.</summary>
    public static bool Matches(HistoryEvent asked, HistoryEvent recorded) =>
        asked.Kind == recorded.Kind && asked.Id == recorded.Id && string.Equals(asked.Name, recorded.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The event in words, for messages.</summary>
    public static string Describe(HistoryEvent? item) => item switch
    {
        null => "nothing",
        { Kind: EventKind.TaskScheduled } => $"activity '{item.Name}'",
        { Kind: EventKind.TimerCreated } => "a timer",
        { Kind: EventKind.SubOrchestrationCreated } => $"sub-orchestration '{item.Name}'",
        { Kind: EventKind.EventSent } => $"event '{item.Name}' to another instance",
        _ => item.Kind.ToString(),
    };
}
