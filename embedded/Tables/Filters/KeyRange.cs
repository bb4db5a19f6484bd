namespace CityBrain.Embedded.Tables.Filters;

/// <summary>The partition and row keys that a filter can match at most; what makes a query a range of the index.</summary>
internal readonly record struct KeyRange(Bounds Partition, Bounds Row)
{
    public static readonly KeyRange All = new(Bounds.All, Bounds.All);

    public KeyRange And(KeyRange other) => new(Partition.And(other.Partition), Row.And(other.Row));

    public KeyRange Or(KeyRange other) => new(Partition.Or(other.Partition), Row.Or(other.Row));
}
