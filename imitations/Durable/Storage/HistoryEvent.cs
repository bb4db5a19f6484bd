namespace CityBrain.Embedded.Durable;

/// <summary>One step in the history of an orchestration; also the content of a message to it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Id">Id of the task, timer, sub-orchestration or sent event within its execution; 0 when the kind has none.</param>
/// <param name="Name">Name of the activity, orchestrator or event.</param>
/// <param name="Data">Serialized result, failure, payload or output; for a sub-orchestration or sent event the other instance's id.</param>
/// <param name="Number">Due time of a timer in UTC ticks; inbox number of a raised event.</param>
internal sealed record HistoryEvent(EventKind Kind, int Id = 0, string? Name = null, string? Data = null, long Number = 0);
