using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Composes the worker: services and middleware.</summary>
public interface IFunctionsWorkerApplicationBuilder
{
    /// <summary>Services of the app.</summary>
    IServiceCollection Services { get; }

    /// <summary>Adds a step to the pipeline; the first added is the outermost.</summary>
    IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware);
}
