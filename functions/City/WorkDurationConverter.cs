using System.Text.Json;
using System.Text.Json.Serialization;

namespace CityBrain.City;

/// <summary>Reads and writes a <see cref="WorkDuration"/> as its text form.</summary>
public sealed class WorkDurationConverter : JsonConverter<WorkDuration>
{
    /// <inheritdoc/>
    public override WorkDuration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return WorkDuration.TryParse(text, null, out var duration)
            ? duration
            : throw new JsonException($"'{text}' is not a time limit; write for example \"3 working days\", \"1 working hour\" or \"24 hours\".");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, WorkDuration value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
