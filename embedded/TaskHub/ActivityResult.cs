using System.Text.Json;

namespace CityBrain.Embedded.TaskHub;

/// <summary>What an activity function returned. The worker sends text bare, and everything else as JSON.</summary>
/// <param name="Json">The result as JSON, or null for none.</param>
internal readonly record struct ActivityResult(string? Json)
{
    /// <summary>No result.</summary>
    public static ActivityResult None => default;

    /// <summary>A result that is text, not JSON.</summary>
    public static ActivityResult FromText(string text) => new(JsonSerializer.Serialize(text));

    /// <summary>A result of bytes; JSON has them in base64.</summary>
    public static ActivityResult FromBytes(ReadOnlySpan<byte> bytes) => new($"\"{Convert.ToBase64String(bytes)}\"");
}
