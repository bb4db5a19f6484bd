using Microsoft.Azure.Functions.Worker.Middleware;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>The steps that the app added, in order; the first is the outermost.</summary>
internal sealed class MiddlewarePipeline
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _steps = [];

    public void Add(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> step) => _steps.Add(step);

    public FunctionExecutionDelegate Build(FunctionExecutionDelegate function) =>
        Enumerable.Reverse(_steps).Aggregate(function, static (next, step) => step(next));
}
