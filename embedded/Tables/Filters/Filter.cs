using System.Diagnostics.CodeAnalysis;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Filters;

/// <summary>A parsed <c>$filter</c>.</summary>
internal abstract record Filter
{
    /// <exception cref="FormatException">The text is not a filter of the Table service.</exception>
    public static Filter Parse(string text) => new FilterParser(text).Parse();

    /// <summary>False with the reason when the text is no filter; null or blank is none, which matches everything.</summary>
    public static bool TryParse(string? text, out Filter? filter, [NotNullWhen(false)] out TableError? error)
    {
        (filter, error) = (null, null);
        try
        {
            filter = string.IsNullOrWhiteSpace(text) ? null : Parse(text);
        }
        catch (FormatException malformed)
        {
            error = TableError.InvalidInput(malformed.Message);
        }

        return error is null;
    }

    public abstract bool Matches(EntityRecord entity);

    /// <summary>Keys outside this range cannot match.</summary>
    public abstract KeyRange Range { get; }
}

internal sealed record AndFilter(Filter Left, Filter Right) : Filter
{
    public override KeyRange Range => Left.Range.And(Right.Range);

    public override bool Matches(EntityRecord entity) => Left.Matches(entity) && Right.Matches(entity);
}

internal sealed record OrFilter(Filter Left, Filter Right) : Filter
{
    public override KeyRange Range => Left.Range.Or(Right.Range);

    public override bool Matches(EntityRecord entity) => Left.Matches(entity) || Right.Matches(entity);
}

internal sealed record NotFilter(Filter Operand) : Filter
{
    public override KeyRange Range => KeyRange.All;

    public override bool Matches(EntityRecord entity) => !Operand.Matches(entity);
}

internal sealed record ConstantFilter(bool Value) : Filter
{
    public override KeyRange Range => KeyRange.All;

    public override bool Matches(EntityRecord entity) => Value;
}
