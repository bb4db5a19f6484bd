namespace Azure.Data.Tables;

/// <summary>What every entity type has: its key, and what the service sets at each write.</summary>
public interface ITableEntity
{
    /// <summary>First half of the key; up to 1,024 characters, without <c>/ \ # ?</c> and control characters.</summary>
    string PartitionKey { get; set; }

    /// <summary>Second half of the key, unique in its partition; the same limits.</summary>
    string RowKey { get; set; }

    /// <summary>Time of the last write, set by the service; ignored when written.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>Opaque version, set by the service at each write; ignored when written.</summary>
    ETag ETag { get; set; }
}
