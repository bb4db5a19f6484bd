namespace CityBrain.Embedded.Tables.Filters;

/// <summary>An interval of keys in ordinal order.</summary>
/// <param name="Lower">Smallest key; the empty string is the smallest of all.</param>
/// <param name="LowerInclusive">True when <paramref name="Lower"/> itself belongs to it.</param>
/// <param name="Upper">Largest key; null for no bound.</param>
/// <param name="UpperInclusive">True when <paramref name="Upper"/> itself belongs to it.</param>
internal readonly record struct Bounds(string Lower, bool LowerInclusive, string? Upper, bool UpperInclusive)
{
    public static readonly Bounds All = new(string.Empty, true, null, true);

    /// <summary>True when at most one key belongs to it.</summary>
    public bool IsPoint => LowerInclusive && UpperInclusive && Upper == Lower;

    public static Bounds Of(ComparisonOperator comparison, string key) => comparison switch
    {
        ComparisonOperator.Equal => new(key, true, key, true),
        ComparisonOperator.Greater => All with { Lower = key, LowerInclusive = false },
        ComparisonOperator.GreaterOrEqual => All with { Lower = key },
        ComparisonOperator.Less => All with { Upper = key, UpperInclusive = false },
        ComparisonOperator.LessOrEqual => All with { Upper = key },
        _ => All,
    };

    /// <summary>What both intervals share.</summary>
    public Bounds And(Bounds other)
    {
        var lower = CompareLower(this, other) >= 0 ? this : other;
        var upper = CompareUpper(this, other) <= 0 ? this : other;
        return new(lower.Lower, lower.LowerInclusive, upper.Upper, upper.UpperInclusive);
    }

    /// <summary>The smallest interval that holds both.</summary>
    public Bounds Or(Bounds other)
    {
        var lower = CompareLower(this, other) <= 0 ? this : other;
        var upper = CompareUpper(this, other) >= 0 ? this : other;
        return new(lower.Lower, lower.LowerInclusive, upper.Upper, upper.UpperInclusive);
    }

    private static int CompareLower(Bounds left, Bounds right) => string.CompareOrdinal(left.Lower, right.Lower) switch
    {
        0 => right.LowerInclusive.CompareTo(left.LowerInclusive),
        var order => order,
    };

    private static int CompareUpper(Bounds left, Bounds right) => (left.Upper, right.Upper) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        var (mine, its) => string.CompareOrdinal(mine, its) switch
        {
            0 => left.UpperInclusive.CompareTo(right.UpperInclusive),
            var order => order,
        },
    };
}
