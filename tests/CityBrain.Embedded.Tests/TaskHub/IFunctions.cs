using Microsoft.DurableTask;

namespace CityBrain.Embedded.Tests.TaskHub;

/// <summary>Where functions of a test are registered: with the test's worker, or with the official test host.</summary>
public interface IFunctions
{
    void Orchestrator<TIn, TOut>(string name, Func<TaskOrchestrationContext, TIn, Task<TOut>> code);

    void Activity<TIn, TOut>(string name, Func<TIn, Task<TOut>> code);
}
