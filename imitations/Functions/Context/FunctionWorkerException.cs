namespace Microsoft.Azure.Functions.Worker;

/// <summary>A failure of the worker itself rather than of a function.</summary>
public class FunctionWorkerException : Exception
{
    internal FunctionWorkerException(string message)
        : base(message)
    {
    }
}
