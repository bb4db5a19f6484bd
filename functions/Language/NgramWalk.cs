namespace CityBrain.Language;

/// <summary>Takes the n-grams of a text.</summary>
internal interface INgramSink
{
    /// <summary>Takes one n-gram.</summary>
    /// <param name="start">Where it begins in the normalised text.</param>
    /// <param name="length">Its length in characters.</param>
    /// <param name="hash">Its hash; the same in every process.</param>
    void Take(int start, int length, uint hash);
}

/// <summary>
/// Walks over the n-grams of a normalised text, without allocating: of an unspaced script one and two characters, not across punctuation; of a
/// spaced one each word, its stem, and each pair of neighbouring words.
/// </summary>
internal static class NgramWalk
{
    /// <summary>Longest n-gram, in characters of an unspaced script.</summary>
    public const int MaxGram = 2;

    private const int StemLength = 6;
    private const uint Seed = 2166136261;
    private const uint Prime = 16777619;
    private const uint StemMark = 0x5bd1e995;

    /// <summary>Hands each n-gram to the sink.</summary>
    public static void Walk<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ' ')
            {
                continue;
            }

            if (IsWordStart(text, i))
            {
                Word(text, i, ref sink);
            }

            if (!NgramText.IsSpaced(text[i]) || IsMixed(text, i))
            {
                Grams(text, i, ref sink);
            }
        }
    }

    private static void Grams<TSink>(ReadOnlySpan<char> text, int start, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        var hash = Seed;
        var end = Math.Min(text.Length, start + MaxGram);
        for (var at = start; at < end && text[at] != ' '; at++)
        {
            hash = (hash ^ text[at]) * Prime;
            sink.Take(start, at - start + 1, Mixed(hash));
        }
    }

    private static void Word<TSink>(ReadOnlySpan<char> text, int start, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        var hash = Seed;
        var at = start;
        for (; at < text.Length && NgramText.IsSpaced(text[at]); at++)
        {
            hash = (hash ^ text[at]) * Prime;
            if (at - start + 1 == StemLength)
            {
                sink.Take(start, StemLength, Mixed(hash ^ StemMark));
            }
        }

        sink.Take(start, at - start, Mixed(hash));
        if (at + 1 >= text.Length || text[at] != ' ' || !NgramText.IsSpaced(text[at + 1]))
        {
            return;
        }

        hash = (hash ^ ' ') * Prime;
        for (at++; at < text.Length && NgramText.IsSpaced(text[at]); at++)
        {
            hash = (hash ^ text[at]) * Prime;
        }

        sink.Take(start, at - start, Mixed(hash));
    }

    private static bool IsWordStart(ReadOnlySpan<char> text, int at) => NgramText.IsSpaced(text[at]) && (at == 0 || !NgramText.IsSpaced(text[at - 1]));

    /// <summary>True for a letter or digit of a spaced script that stands directly before an unspaced one, as in 3号线.</summary>
    private static bool IsMixed(ReadOnlySpan<char> text, int at)
    {
        for (var i = at + 1; i < text.Length && i < at + MaxGram && text[i] != ' '; i++)
        {
            if (!NgramText.IsSpaced(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static uint Mixed(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >> 13;
        hash *= 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
