namespace CityBrain.Embedded.TaskHub;

/// <summary>The worker answered that an invocation failed.</summary>
/// <param name="message">Message of the function's exception, as the worker sent it.</param>
/// <param name="exceptionType">Full type name of the function's exception, if the worker told it.</param>
/// <param name="remoteStackTrace">Stack trace in the worker, if it told it.</param>
internal sealed class InvocationFailedException(string message, string? exceptionType = null, string? remoteStackTrace = null) : Exception(message)
{
    /// <summary>Full type name of the function's exception, or null.</summary>
    public string? ExceptionType => exceptionType;

    /// <summary>Stack trace in the worker, or null.</summary>
    public string? RemoteStackTrace => remoteStackTrace;
}
