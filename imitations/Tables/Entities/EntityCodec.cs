using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace CityBrain.Embedded.Tables.Entities;

/// <summary>Turns entities of one type into properties and back.</summary>
internal abstract class EntityCodec
{
    // A memo of a pure function of the type: compiled once, the same for every platform and account.
    private static readonly ConcurrentDictionary<Type, EntityCodec> Codecs = new();

    /// <exception cref="NotSupportedException">A property of the type is of no type of the service.</exception>
    public static EntityCodec For(Type type) =>
        Codecs.GetOrAdd(type, static key => key == typeof(TableEntity) ? new TableEntityCodec() : new ModelCodec(key));

    public abstract List<EdmProperty> Write(ITableEntity entity);

    public abstract ITableEntity Read(EntityRecord record);

    protected static void ReadSystemProperties(EntityRecord record, ITableEntity entity)
    {
        entity.ETag = new Azure.ETag(record.ETag);
        if (record.PartitionKey is not null)
        {
            entity.PartitionKey = record.PartitionKey;
        }

        if (record.RowKey is not null)
        {
            entity.RowKey = record.RowKey;
        }

        if (record.Timestamp is { } timestamp)
        {
            entity.Timestamp = timestamp;
        }
    }

    protected static bool IsSystemProperty(string name) => name is "PartitionKey" or "RowKey" or "Timestamp" or "ETag" or TableEntity.ETagKey;
}
