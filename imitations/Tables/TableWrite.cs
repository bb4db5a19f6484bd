using Azure;
using Azure.Data.Tables;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables;

/// <summary>One write, ready for a transport.</summary>
/// <param name="Kind">What to do. An update without a condition is an upsert, as in the service, where only the If-Match header tells them apart.</param>
/// <param name="PartitionKey">Partition of the entity.</param>
/// <param name="RowKey">Key in the partition.</param>
/// <param name="IfMatch">Stored version that is required; null for none; <c>*</c> for any that exists.</param>
/// <param name="Properties">The properties to store; empty for a delete.</param>
internal sealed record TableWrite(TableTransactionActionType Kind, string PartitionKey, string RowKey, string? IfMatch, List<EdmProperty> Properties)
{
    public bool IsMerge => Kind is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge;

    public bool IsDelete => Kind == TableTransactionActionType.Delete;

    public bool IsAdd => Kind == TableTransactionActionType.Add;

    public static TableWrite Of(TableTransactionActionType kind, ITableEntity entity, ETag ifMatch) =>
        new(kind, entity.PartitionKey, entity.RowKey, ifMatch == default ? null : ifMatch.ToString(), EntityCodec.For(entity.GetType()).Write(entity));

    public static TableWrite Delete(string partitionKey, string rowKey, ETag ifMatch) =>
        new(TableTransactionActionType.Delete, partitionKey, rowKey, (ifMatch == default ? ETag.All : ifMatch).ToString(), []);
}
