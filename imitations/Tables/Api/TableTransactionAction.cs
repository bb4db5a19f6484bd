namespace Azure.Data.Tables;

/// <summary>One write of a transaction.</summary>
public class TableTransactionAction
{
    /// <summary>An action without a condition on the stored version.</summary>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity)
        : this(actionType, entity, default)
    {
    }

    /// <param name="actionType">What to do.</param>
    /// <param name="entity">The entity to write, or the key of the one to delete.</param>
    /// <param name="etag">Version that must be stored for an update or a delete; the default puts no condition.</param>
    public TableTransactionAction(TableTransactionActionType actionType, ITableEntity entity, ETag etag = default) =>
        (ActionType, Entity, ETag) = (actionType, entity, etag);

    /// <summary>What to do.</summary>
    public TableTransactionActionType ActionType { get; }

    /// <summary>The entity to write, or the key of the one to delete.</summary>
    public ITableEntity Entity { get; }

    /// <summary>Version that must be stored; the default puts no condition.</summary>
    public ETag ETag { get; }
}
