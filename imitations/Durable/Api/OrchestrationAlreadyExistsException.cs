namespace DurableTask.Core.Exceptions;

/// <summary>An instance of that id exists in a status that refuses a new one.</summary>
public class OrchestrationAlreadyExistsException : InvalidOperationException
{
    /// <summary>Without a message of its own.</summary>
    public OrchestrationAlreadyExistsException()
    {
    }

    /// <param name="message">What exists.</param>
    public OrchestrationAlreadyExistsException(string message)
        : base(message)
    {
    }

    /// <param name="message">What exists.</param>
    /// <param name="innerException">The cause.</param>
    public OrchestrationAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
