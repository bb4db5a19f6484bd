using System.Collections.Frozen;
using CityBrain.Embedded.Functions.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>Runs functions through the middleware, counts those that run, and cancels them when the host stops.</summary>
internal sealed class FunctionInvoker : IFunctionInvoker, IDisposable
{
    private readonly FrozenDictionary<string, CompiledFunction> _functions;
    private readonly FunctionExecutionDelegate _pipeline;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger<FunctionInvoker> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The host itself holds one, so that the count reaches zero only after it has begun to stop.
    private int _running = 1;

    public FunctionInvoker(FunctionCatalog catalog, MiddlewarePipeline middleware, IServiceScopeFactory scopes, ILogger<FunctionInvoker> logger)
    {
        _functions = catalog.Functions.ToFrozenDictionary(function => function.Name, function => new CompiledFunction(function), StringComparer.Ordinal);
        _pipeline = middleware.Build(static context => ((EmbeddedFunctionContext)context).Function.RunAsync((EmbeddedFunctionContext)context));
        (_scopes, _logger) = (scopes, logger);
    }

    public async Task<object?> InvokeAsync(FunctionInvocation invocation, CancellationToken cancellationToken)
    {
        _stopping.Token.ThrowIfCancellationRequested();
        if (!invocation.IsOrchestrator)
        {
            Interlocked.Increment(ref _running);
        }

        // No ConfigureAwait(false) on the way: an orchestrator must stay on its own thread of execution, and other callers have no context.
        var context = new EmbeddedFunctionContext(_functions[invocation.Function.Name], invocation, _scopes, cancellationToken, _stopping.Token);
        try
        {
            InvocationLog.Started(_logger, context);
            await _pipeline(context);
            if (invocation.HttpContext is { } http)
            {
                await HttpResultWriter.WriteAsync(http, context.Result.Value).ConfigureAwait(false);
            }

            return context.Result.Value;
        }
        catch (OperationCanceledException) when (context.IsCancelled)
        {
            InvocationLog.Cancelled(_logger, invocation.Function.Name, context.InvocationId);
            throw;
        }
        catch (Exception failure)
        {
            InvocationLog.Failed(_logger, failure, invocation.Function.Name, context.InvocationId);
            throw;
        }
        finally
        {
            await context.DisposeAsync();
            if (!invocation.IsOrchestrator)
            {
                Release();
            }
        }
    }

    /// <summary>Cancels what runs and refuses what comes.</summary>
    public Task CancelAsync() => _stopping.CancelAsync();

    /// <summary>Completes when nothing runs any more; call it once, after <see cref="CancelAsync"/>.</summary>
    public Task IdleAsync()
    {
        Release();
        return _idle.Task;
    }

    public void Dispose() => _stopping.Dispose();

    private void Release()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _idle.TrySetResult();
        }
    }
}
