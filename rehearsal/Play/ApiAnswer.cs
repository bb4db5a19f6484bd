using System.Net;
using System.Text.Json;

namespace CityBrain.Rehearsal.Play;

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, byte[] Body)
{
    /// <summary>True for 2xx.</summary>
    public bool IsGood => (int)Status is >= 200 and < 300;

    /// <summary>True when the city is at fault, or too busy: worth another try.</summary>
    public bool IsTheirs => (int)Status is >= 500 or 429;

    /// <summary>The stable code of a problem; null when there is none.</summary>
    public string? Code
    {
        get
        {
            try
            {
                return JsonSerializer.Deserialize<JsonElement>(Body).TryGetProperty("code", out var code) ? code.GetString() : null;
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                return null;
            }
        }
    }

    /// <summary>The body of a good answer; null of any other.</summary>
    public T? As<T>() => IsGood ? JsonSerializer.Deserialize<T>(Body, CityJson.Options) : default;

    /// <inheritdoc/>
    public override string ToString() => Code is { } code ? $"{(int)Status} {code}" : $"{(int)Status}";
}
