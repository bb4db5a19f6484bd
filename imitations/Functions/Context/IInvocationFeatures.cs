namespace Microsoft.Azure.Functions.Worker;

/// <summary>Features of an invocation by type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Adds or replaces a feature.</summary>
    void Set<T>(T instance);

    /// <summary>The feature, or the default value when it is not set.</summary>
    T? Get<T>();
}
