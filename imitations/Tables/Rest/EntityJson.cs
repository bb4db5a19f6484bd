using System.Globalization;
using System.Text.Json;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Entities as the service's OData 3 JSON with minimal metadata.</summary>
internal static class EntityJson
{
    private const string TypeSuffix = "@odata.type";
    private const string DateTimeFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    public static byte[] Write(TableWrite write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("PartitionKey", write.PartitionKey);
            json.WriteString("RowKey", write.RowKey);
            foreach (var property in write.Properties)
            {
                WriteProperty(json, property);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static EntityRecord Read(JsonElement entity)
    {
        string? partitionKey = null, rowKey = null, etag = null;
        DateTimeOffset? timestamp = null;
        var properties = new List<EdmProperty>();
        foreach (var member in entity.EnumerateObject())
        {
            switch (member.Name)
            {
                case "PartitionKey":
                    partitionKey = member.Value.GetString();
                    break;
                case "RowKey":
                    rowKey = member.Value.GetString();
                    break;
                case "Timestamp":
                    timestamp = Instant(member.Value);
                    break;
                case "odata.etag":
                    etag = member.Value.GetString();
                    break;
                case var name when !name.StartsWith("odata.", StringComparison.Ordinal) && !name.EndsWith(TypeSuffix, StringComparison.Ordinal) && member.Value.ValueKind != JsonValueKind.Null:
                    properties.Add(new(name, ReadValue(member.Value, entity.TryGetProperty(name + TypeSuffix, out var type) ? type.GetString() : null)));
                    break;
            }
        }

        return new(partitionKey, rowKey, timestamp, etag ?? string.Empty, properties);
    }

    private static void WriteProperty(Utf8JsonWriter json, EdmProperty property)
    {
        var (name, value) = property;
        if (value.Type is EdmType.Int64 or EdmType.Double or EdmType.DateTime or EdmType.Guid or EdmType.Binary)
        {
            json.WriteString(name + TypeSuffix, "Edm." + value.Type);
        }

        switch (value.Type)
        {
            case EdmType.Boolean:
                json.WriteBoolean(name, value.AsBoolean());
                break;
            case EdmType.Int32:
                json.WriteNumber(name, value.AsInt32());
                break;
            case EdmType.Double when double.IsFinite(value.AsDouble()):
                json.WriteNumber(name, value.AsDouble());
                break;
            case EdmType.Binary:
                json.WriteBase64String(name, value.AsBinary());
                break;
            case EdmType.DateTime:
                json.WriteString(name, value.AsDateTimeOffset().ToString(DateTimeFormat, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteString(name, Convert.ToString(value.ToObject(), CultureInfo.InvariantCulture));
                break;
        }
    }

    private static EdmValue ReadValue(JsonElement value, string? type) => type switch
    {
        "Edm.Int64" => EdmValue.Of(long.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
        "Edm.Double" => EdmValue.Of(value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, CultureInfo.InvariantCulture)),
        "Edm.DateTime" => EdmValue.Of(Instant(value)),
        "Edm.Guid" => EdmValue.Of(value.GetGuid()),
        "Edm.Binary" => EdmValue.Of(value.GetBytesFromBase64()),
        _ => value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => EdmValue.Of(value.GetBoolean()),
            JsonValueKind.Number when value.TryGetInt32(out var number) => EdmValue.Of(number),
            JsonValueKind.Number => EdmValue.Of(value.GetDouble()),
            _ => EdmValue.Of(value.GetString()!),
        },
    };

    private static DateTimeOffset Instant(JsonElement value) => DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
