using Azure.Data.Tables;

namespace CityBrain.Embedded.Tables.Entities;

/// <summary>Codec of the dictionary entity.</summary>
internal sealed class TableEntityCodec : EntityCodec
{
    public override List<EdmProperty> Write(ITableEntity entity)
    {
        var dictionary = (TableEntity)entity;
        var writer = new PropertyWriter(dictionary.Count);
        var properties = dictionary.Properties();
        while (properties.MoveNext())
        {
            var (name, value) = properties.Current;
            if (!IsSystemProperty(name))
            {
                writer.AddObject(name, value);
            }
        }

        return writer.Properties;
    }

    public override ITableEntity Read(EntityRecord record)
    {
        var entity = new TableEntity();
        ReadSystemProperties(record, entity);
        foreach (var property in record.Properties)
        {
            entity[property.Name] = property.Value.ToObject();
        }

        return entity;
    }
}
