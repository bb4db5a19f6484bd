using System.Collections;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>Features of one invocation; the result is always there, without a dictionary.</summary>
internal sealed class InvocationFeatures(EmbeddedInvocationResult result) : IInvocationFeatures
{
    private Dictionary<Type, object>? _features;

    public T? Get<T>() => result is T own ? own : _features is not null && _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

    public void Set<T>(T instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        (_features ??= [])[typeof(T)] = instance;
    }

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => (_features ?? []).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
