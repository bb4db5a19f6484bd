namespace CityBrain.Embedded.Durable;

/// <summary>Settings of the engine; the first two come from host.json, <c>extensions.durableTask</c>.</summary>
public sealed record DurableEngineOptions
{
    /// <summary>Activities that run at the same time, 1 or more.</summary>
    public int MaxConcurrentActivityFunctions { get; init; } = 64;

    /// <summary>Orchestrators that take a turn at the same time, 1 or more.</summary>
    public int MaxConcurrentOrchestratorFunctions { get; init; } = 64;

    /// <summary>Instances whose orchestrators stay in memory between turns; the others are replayed from history when they are woken.</summary>
    public int HotInstances { get; init; } = 4096;

    /// <summary>Replays every orchestrator at every turn, to find those that are not deterministic.</summary>
    public bool AlwaysReplay { get; init; }
}
