using System.Runtime.Intrinsics;

namespace CityBrain.Language;

/// <summary>Rows of a number for each label, padded so that a row is whole vectors: one n-gram costs one or two cache lines.</summary>
internal static class LabelRows
{
    private const int Block = 8;

    /// <summary>Numbers in a row for so many labels, with at least one to spare.</summary>
    public static int Stride(int labels) => (labels / Block * Block) + Block;

    /// <summary>sums += value x row.</summary>
    /// <param name="row">A row.</param>
    /// <param name="value">What the row is multiplied with.</param>
    /// <param name="sums">As long as the row.</param>
    public static void Add(ReadOnlySpan<float> row, float value, Span<float> sums)
    {
        for (var at = 0; at + Block <= sums.Length; at += Block)
        {
            var sum = Vector256.Create<float>(sums.Slice(at, Block)) + (Vector256.Create<float>(row.Slice(at, Block)) * value);
            sum.CopyTo(sums.Slice(at, Block));
        }
    }
}
