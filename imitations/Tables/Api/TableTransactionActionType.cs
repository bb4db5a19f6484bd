namespace Azure.Data.Tables;

/// <summary>The kinds of write in a transaction.</summary>
public enum TableTransactionActionType
{
    /// <summary>Insert; fails when the entity exists.</summary>
    Add = 0,

    /// <summary>Merge into an entity that exists.</summary>
    UpdateMerge = 1,

    /// <summary>Replace an entity that exists.</summary>
    UpdateReplace = 2,

    /// <summary>Delete an entity that exists.</summary>
    Delete = 3,

    /// <summary>Merge, or insert.</summary>
    UpsertMerge = 4,

    /// <summary>Replace, or insert.</summary>
    UpsertReplace = 5,
}
