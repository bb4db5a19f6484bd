using System.Collections.Concurrent;
using Microsoft.DurableTask;

namespace CityBrain.Embedded.Durable;

/// <summary>The orchestrators and activities by name, compared without case.</summary>
internal sealed class FunctionTable
{
    private readonly ConcurrentDictionary<string, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ActivityFunction> _activities = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string name, Func<TaskOrchestrationContext, Task<object?>> orchestrator)
    {
        if (!_orchestrators.TryAdd(name, orchestrator))
            throw new ArgumentException($"Two orchestrators are named '{name}'; names must be unique without regard to case.", nameof(name));
    }

    public void Add(string name, ActivityFunction activity)
    {
        if (!_activities.TryAdd(name, activity))
            throw new ArgumentException($"Two activities are named '{name}'; names must be unique without regard to case.", nameof(name));
    }

    public Func<TaskOrchestrationContext, Task<object?>>? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    public ActivityFunction? FindActivity(string name) => _activities.GetValueOrDefault(name);
}
