namespace CityBrain.Language;

/// <summary>
/// A short sketch of a text by which near-duplicates are found in a key-value store: MinHash of its character 3-grams (Broder, 1997), cut into
/// bands. Texts of which 80 % of the 3-grams are the same share a band with probability .88 or more, others hardly ever. Pure.
/// </summary>
public static class TextSketch
{
    private const int Gram = 3;
    private const int Bands = 4;
    private const int HashesOfABand = 4;

    /// <summary>The bands of a text, each a short key; none for a text too short to have a 3-gram.</summary>
    public static IReadOnlyList<string> BandsOf(string text)
    {
        var grams = GramsOf(text);
        if (grams.Length == 0)
        {
            return [];
        }

        Span<ulong> least = stackalloc ulong[Bands * HashesOfABand];
        least.Fill(ulong.MaxValue);
        foreach (var gram in grams)
        {
            for (var i = 0; i < least.Length; i++)
            {
                least[i] = Math.Min(least[i], Mix(gram + ((ulong)i << 50)));
            }
        }

        var bands = new string[Bands];
        for (var band = 0; band < Bands; band++)
        {
            var hash = 0UL;
            foreach (var value in least.Slice(band * HashesOfABand, HashesOfABand))
            {
                hash = Mix(hash ^ value);
            }

            bands[band] = $"{band}-{hash:x16}";
        }

        return bands;
    }

    /// <summary>The share of the 3-grams of either text that both have, 0 to 1.</summary>
    public static double Similarity(string one, string other) => Shingles.Jaccard(GramsOf(one), GramsOf(other));

    /// <summary>The 3-grams of a text, for <see cref="Shingles.Jaccard"/>: letters and digits alone count, without case; a text of fewer than three has none.</summary>
    public static ulong[] GramsOf(string text)
    {
        var letters = string.Concat(HalfWidth.Fold(text).Where(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c)).Select(char.ToLowerInvariant));
        return letters.Length < Gram ? [] : Shingles.Of(letters);
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
