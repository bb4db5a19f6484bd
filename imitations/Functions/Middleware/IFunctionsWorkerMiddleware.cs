namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>A step around every invocation.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Runs the step; without a call of <paramref name="next"/> the function does not run.</summary>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
