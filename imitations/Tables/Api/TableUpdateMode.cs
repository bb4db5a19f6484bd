namespace Azure.Data.Tables;

/// <summary>What a write does with properties that the stored entity has and the given one lacks.</summary>
public enum TableUpdateMode
{
    /// <summary>They stay.</summary>
    Merge = 0,

    /// <summary>They are removed.</summary>
    Replace = 1,
}
