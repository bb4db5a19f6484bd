namespace CityBrain.Embedded.Durable;

/// <summary>One turn of an orchestrator, as history keeps it.</summary>
/// <param name="Time">The orchestration's time during the turn, UTC ticks.</param>
/// <param name="Inbound">What had happened, in order.</param>
/// <param name="Outbound">What the orchestrator then asked for, in order.</param>
internal sealed record Turn(long Time, IReadOnlyList<HistoryEvent> Inbound, IReadOnlyList<HistoryEvent> Outbound);
