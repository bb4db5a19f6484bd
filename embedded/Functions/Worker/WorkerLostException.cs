namespace CityBrain.Embedded.Functions.Worker;

/// <summary>The worker's process ended before it answered: whether the function ran is not known, and it is run again.</summary>
internal sealed class WorkerLostException(string message) : Exception(message);
