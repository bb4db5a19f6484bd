namespace CityBrain.Embedded.TaskHub;

/// <summary>An activity whose result no turn has consumed.</summary>
/// <param name="Number">Number of its row; grows in commit order.</param>
/// <param name="TaskId">Id within the execution.</param>
/// <param name="Input">JSON, or null for none.</param>
internal sealed record ActivityTask(long Number, long InstanceKey, int Execution, int TaskId, string InstanceId, string Name, string? Input);
