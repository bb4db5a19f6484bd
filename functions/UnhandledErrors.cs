using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace CityBrain;

/// <summary>Turns an exception that nobody expected into a problem answer without internals, and a log entry with its invocation.</summary>
public sealed partial class UnhandledErrors(ILogger<UnhandledErrors> logger) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (context.GetHttpContext() is { } http && !http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            LogFailed(context.FunctionDefinition.Name, context.InvocationId, failure);
            await Problem.Of(500, "INTERNAL", $"Something went wrong here; nothing is lost that was accepted. Try again, and quote {context.InvocationId} if it stays.").ExecuteAsync(http);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed ({InvocationId})")]
    private partial void LogFailed(string function, string invocationId, Exception failure);
}
