namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>Runs one function through the worker's middleware. Listeners call it; they never call a function method themselves.</summary>
public interface IFunctionInvoker
{
    /// <summary>Binds the parameters, runs the middleware and the function, and returns the function's result (null for none).</summary>
    /// <exception cref="Exception">Whatever the function or a middleware throws, unwrapped.</exception>
    Task<object?> InvokeAsync(FunctionInvocation invocation, CancellationToken cancellationToken);
}
