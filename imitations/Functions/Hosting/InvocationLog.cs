using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>Log lines of invocations: which function, which invocation, never an input.</summary>
internal static partial class InvocationLog
{
    // The identifier is made at first use, so a log that nobody reads must not ask for it.
    public static void Started(ILogger logger, EmbeddedFunctionContext context)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            Started(logger, context.FunctionDefinition.Name, context.InvocationId);
        }
    }

    [LoggerMessage(2, LogLevel.Information, "Function {Function} was cancelled (invocation {InvocationId})")]
    public static partial void Cancelled(ILogger logger, string function, string invocationId);

    [LoggerMessage(3, LogLevel.Error, "Function {Function} failed (invocation {InvocationId})")]
    public static partial void Failed(ILogger logger, Exception failure, string function, string invocationId);

    [LoggerMessage(1, LogLevel.Debug, "Function {Function} started (invocation {InvocationId})", SkipEnabledCheck = true)]
    private static partial void Started(ILogger logger, string function, string invocationId);
}
