using System.Text.Json;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>One binding of a function. Names and values of its properties are compared without regard to case, for the worker's own providers differ in it.</summary>
internal sealed class WorkerBinding(JsonElement properties)
{
    /// <summary>Name of the parameter.</summary>
    public string Name { get; } = TextOf(properties, "name") ?? "";

    /// <summary>Kind, such as <c>httpTrigger</c> or <c>durableClient</c>.</summary>
    public string Type { get; } = TextOf(properties, "type") ?? "";

    /// <summary>True when it starts the function.</summary>
    public bool IsTrigger => Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the function takes something from it.</summary>
    public bool IsInput => !string.Equals(Text("direction"), "Out", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the binding is of a kind.</summary>
    public bool Is(string type) => string.Equals(Type, type, StringComparison.OrdinalIgnoreCase);

    /// <summary>A property as text, or null.</summary>
    public string? Text(string name) => TextOf(properties, name);

    /// <summary>A property that is true or false, or null when it is neither.</summary>
    public bool? Flag(string name) => bool.TryParse(Text(name), out var flag) ? flag : null;

    /// <summary>A property that is a list of texts; empty when it is missing.</summary>
    public string[] Texts(string name) => Find(properties, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    private static string? TextOf(JsonElement properties, string name) => Find(properties, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : Find(properties, name)?.ToString();

    private static JsonElement? Find(JsonElement properties, string name)
    {
        foreach (var property in properties.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind is not JsonValueKind.Null)
            {
                return property.Value;
            }
        }

        return null;
    }
}
