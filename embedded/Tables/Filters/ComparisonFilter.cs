using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Filters;

internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// <summary>
/// A property against a literal. A missing property and a value of another type match nothing, not even <c>ne</c>. Int32 and Double compare
/// with each other; an Int64 only with an Int64 literal (suffix L).
/// </summary>
internal sealed record ComparisonFilter(string Property, ComparisonOperator Operator, EdmValue Literal) : Filter
{
    public override KeyRange Range => Literal.Type != EdmType.String ? KeyRange.All : Property switch
    {
        nameof(EntityRecord.PartitionKey) => new(Bounds.Of(Operator, Literal.AsString()), Bounds.All),
        nameof(EntityRecord.RowKey) => new(Bounds.All, Bounds.Of(Operator, Literal.AsString())),
        _ => KeyRange.All,
    };

    public override bool Matches(EntityRecord entity) => Find(entity) is { } value && Compare(value, Literal) is { } order && Operator switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.Greater => order > 0,
        ComparisonOperator.GreaterOrEqual => order >= 0,
        ComparisonOperator.Less => order < 0,
        _ => order <= 0,
    };

    private EdmValue? Find(EntityRecord entity)
    {
        switch (Property)
        {
            case nameof(EntityRecord.PartitionKey):
                return EdmValue.Of(entity.PartitionKey);
            case nameof(EntityRecord.RowKey):
                return EdmValue.Of(entity.RowKey);
            case "Timestamp":
                return EdmValue.Of(new DateTimeOffset(entity.Stamp, TimeSpan.Zero));
        }

        foreach (var property in entity.Properties)
        {
            if (property.Name == Property)
            {
                return property.Value;
            }
        }

        return null;
    }

    private static int? Compare(EdmValue value, EdmValue literal) => (value.Type, literal.Type) switch
    {
        (EdmType.String, EdmType.String) => string.CompareOrdinal(value.AsString(), literal.AsString()),
        (EdmType.Boolean, EdmType.Boolean) => value.AsBoolean().CompareTo(literal.AsBoolean()),
        (EdmType.Int32 or EdmType.Double, EdmType.Int32 or EdmType.Double) => CompareNumbers(value.AsDouble(), literal.AsDouble()),
        (EdmType.Int64, EdmType.Int64) => value.AsInt64().CompareTo(literal.AsInt64()),
        (EdmType.DateTime, EdmType.DateTime) => value.AsDateTimeOffset().CompareTo(literal.AsDateTimeOffset()),
        (EdmType.Guid, EdmType.Guid) => string.CompareOrdinal(value.AsGuid().ToString(), literal.AsGuid().ToString()),
        (EdmType.Binary, EdmType.Binary) => value.AsBinary().AsSpan().SequenceCompareTo(literal.AsBinary()),
        _ => null,
    };

    private static int? CompareNumbers(double left, double right) => double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);
}
