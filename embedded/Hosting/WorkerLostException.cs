namespace CityBrain.Embedded.Hosting;

/// <summary>The worker went away before it answered an invocation; nothing counts as tried, and the work is done again when a worker is back.</summary>
internal sealed class WorkerLostException(string message, Exception? inner = null) : Exception(message, inner);
