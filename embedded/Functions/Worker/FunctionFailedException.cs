namespace CityBrain.Embedded.Functions.Worker;

/// <summary>A function failed. The worker has logged it already.</summary>
/// <param name="function">Name of the function.</param>
/// <param name="message">What the worker said.</param>
/// <param name="isCancelled">True when it was cancelled.</param>
internal sealed class FunctionFailedException(string function, string message, bool isCancelled = false) : Exception($"The function '{function}' failed: {message}")
{
    /// <summary>The message of the exception in the worker, as it came.</summary>
    public string WorkerMessage { get; } = message;

    /// <summary>True when the function gave up because it was told to.</summary>
    public bool IsCancelled { get; } = isCancelled;
}
