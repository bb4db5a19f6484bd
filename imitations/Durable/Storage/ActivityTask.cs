namespace CityBrain.Embedded.Durable;

/// <summary>An activity that waits to run or runs.</summary>
/// <param name="Number">Number of its row; grows in commit order.</param>
internal sealed record ActivityTask(long Number, long InstanceKey, int Execution, int TaskId, string InstanceId, string Name, string? Input);
