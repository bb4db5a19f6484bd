namespace CityBrain.Embedded.Functions.Worker;

/// <summary>A function failed. The worker has logged it already.</summary>
/// <param name="function">Name of the function.</param>
/// <param name="message">What the worker said.</param>
/// <param name="exceptionType">Full name of the exception's type in the worker; null when it did not say.</param>
/// <param name="stackTrace">Where it was thrown; null when the worker did not say.</param>
internal sealed class FunctionFailedException(string function, string message, string? exceptionType = null, string? stackTrace = null) : Exception($"The function '{function}' failed: {message}")
{
    /// <summary>The message of the exception in the worker, as it came.</summary>
    public string WorkerMessage { get; } = message;

    /// <summary>Full name of the exception's type in the worker, or null.</summary>
    public string? ExceptionType { get; } = exceptionType;

    /// <summary>Where it was thrown in the worker, or null.</summary>
    public string? WorkerStackTrace { get; } = stackTrace;
}
