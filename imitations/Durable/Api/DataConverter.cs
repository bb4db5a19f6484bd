namespace Microsoft.DurableTask;

/// <summary>Turns inputs, outputs, event payloads and statuses into text and back.</summary>
public abstract class DataConverter
{
    /// <summary>The text of a value, or null for null.</summary>
    public abstract string? Serialize(object? value);

    /// <summary>The value of a text, or null for null.</summary>
    public abstract object? Deserialize(string? data, Type targetType);

    /// <inheritdoc cref="Deserialize(string?, Type)"/>
    public virtual T? Deserialize<T>(string? data) => (T?)(Deserialize(data, typeof(T)) ?? default(T));
}
