using System.Buffers;

namespace CityBrain.Language;

/// <summary>
/// The set of character 3-grams of a text, in which two texts are compared: white space removed, nothing else changed. Three characters (UTF-16
/// units) are packed into a number, so nothing collides. A text of one or two characters is one shingle; an empty one has none. Pure.
/// </summary>
public static class Shingles
{
    /// <summary>Bits that a shingle fills.</summary>
    public const int Bits = 48;

    private const int Length = 3;
    private const ulong Mask = (1UL << Bits) - 1;

    /// <summary>The shingles, ascending, each once.</summary>
    public static ulong[] Of(ReadOnlySpan<char> text)
    {
        var buffer = ArrayPool<ulong>.Shared.Rent(text.Length + 1);
        var (count, characters, shingle) = (0, 0, 0UL);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                shingle = ((shingle << 16) | c) & Mask;
                if (++characters >= Length)
                {
                    buffer[count++] = shingle;
                }
            }
        }

        if (characters is > 0 and < Length)
        {
            buffer[count++] = shingle;
        }

        var shingles = Distinct(buffer.AsSpan(0, count));
        ArrayPool<ulong>.Shared.Return(buffer);
        return shingles;
    }

    /// <summary>Size of the common part of two sets over that of both together; 0 for two empty ones.</summary>
    /// <param name="a">A set, ascending.</param>
    /// <param name="b">A set, ascending in the same order.</param>
    /// <param name="least">Similarities below this need not be exact: 0 is returned as soon as it cannot be reached.</param>
    public static double Jaccard(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, double least = 0)
    {
        var needed = PrefixFilter.OverlapNeeded(a.Length, b.Length, least);
        var (i, j, overlap) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            if (overlap + Math.Min(a.Length - i, b.Length - j) < needed)
            {
                return 0;
            }

            var (x, y) = (a[i], b[j]);
            overlap += x == y ? 1 : 0;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }

        return overlap == 0 ? 0 : (double)overlap / (a.Length + b.Length - overlap);
    }

    private static ulong[] Distinct(Span<ulong> shingles)
    {
        shingles.Sort();
        var kept = 0;
        for (var i = 0; i < shingles.Length; i++)
        {
            if (kept == 0 || shingles[i] != shingles[kept - 1])
            {
                shingles[kept++] = shingles[i];
            }
        }

        return shingles[..kept].ToArray();
    }
}
