using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace CityBrain;

/// <summary>How City Brain writes and reads JSON, on the wire and in storage: camelCase, enums by name, nulls left out.</summary>
public static class CityJson
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 16;

    /// <summary>The one set of options.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        MaxDepth = MaxDepth,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Text of a value.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Value of a stored text.</summary>
    /// <exception cref="JsonException">The text is not of that type: storage is damaged.</exception>
    public static T Read<T>(string? text) => JsonSerializer.Deserialize<T>(text ?? "null", Options) ?? throw new JsonException($"Stored {typeof(T).Name} is null.");
}
