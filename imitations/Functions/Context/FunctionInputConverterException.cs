namespace Microsoft.Azure.Functions.Worker;

/// <summary>A parameter of a function could not be given a value.</summary>
public class FunctionInputConverterException : FunctionWorkerException
{
    internal FunctionInputConverterException(string message)
        : base(message)
    {
    }
}
