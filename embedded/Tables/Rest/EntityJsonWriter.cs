using System.Text.Encodings.Web;
using System.Text.Json;
using CityBrain.Embedded.Tables.Entities;
using CityBrain.Embedded.Tables.Sqlite;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>How much OData metadata an answer carries; the caller asks for it in Accept or $format.</summary>
internal enum Metadata
{
    None,
    Minimal,
    Full,
}

/// <summary>Writes entities as OData 3 JSON.</summary>
/// <param name="Metadata">How much to say about types and links.</param>
/// <param name="Table">Name of the table, as the caller wrote it.</param>
/// <param name="Root">Address of the service without a slash at the end.</param>
/// <param name="Account">Name of the account.</param>
internal readonly record struct EntityJsonWriter(Metadata Metadata, string Table, string Root, string Account)
{
    // Text goes out as it is: nobody puts it into a web page, and clients read it faster than escapes.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A single entity.</summary>
    public void WriteOne(PooledBuffer body, EntityRecord entity, IReadOnlySet<string>? select)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        if (Metadata != Metadata.None)
        {
            json.WriteString("odata.metadata"u8, $"{Root}/$metadata#{Table}/@Element");
        }

        WriteMembers(json, entity, select);
        json.WriteEndObject();
    }

    /// <summary>A page of a query.</summary>
    public void WritePage(PooledBuffer body, IReadOnlyList<EntityRecord> entities, IReadOnlySet<string>? select)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        if (Metadata != Metadata.None)
        {
            json.WriteString("odata.metadata"u8, $"{Root}/$metadata#{Table}");
        }

        json.WriteStartArray("value"u8);
        for (var i = 0; i < entities.Count; i++)
        {
            json.WriteStartObject();
            WriteMembers(json, entities[i], select);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteMembers(Utf8JsonWriter json, EntityRecord entity, IReadOnlySet<string>? select)
    {
        if (Metadata == Metadata.Full)
        {
            var link = EntityLink.Of(Table, entity.PartitionKey, entity.RowKey);
            json.WriteString("odata.type"u8, $"{Account}.{Table}");
            json.WriteString("odata.id"u8, $"{Root}/{link}");
            json.WriteString("odata.editLink"u8, link);
        }

        if (Metadata != Metadata.None)
        {
            json.WriteString("odata.etag"u8, EntityVersion.ETag(entity.Stamp));
        }

        if (select?.Contains("PartitionKey") != false)
        {
            json.WriteString("PartitionKey"u8, entity.PartitionKey);
        }

        if (select?.Contains("RowKey") != false)
        {
            json.WriteString("RowKey"u8, entity.RowKey);
        }

        if (select?.Contains("Timestamp") != false)
        {
            if (Metadata == Metadata.Full)
            {
                EdmJsonWriter.Annotate(json, "Timestamp", "Edm.DateTime"u8);
            }

            EdmJsonWriter.WriteInstant(json, "Timestamp", entity.Stamp);
        }

        foreach (var property in entity.Properties)
        {
            if (select?.Contains(property.Name) != false)
            {
                EdmJsonWriter.Write(json, property, annotate: Metadata != Metadata.None);
            }
        }
    }
}
