namespace CityBrain.Embedded.Tables.Rest;

/// <summary>The address of an entity, relative to the service.</summary>
internal static class EntityLink
{
    public static string Of(string table, string partitionKey, string rowKey) => $"{table}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
