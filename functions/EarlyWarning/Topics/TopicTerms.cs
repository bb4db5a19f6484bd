namespace CityBrain.EarlyWarning.Topics;

/// <summary>
/// Cuts a text into the terms by which texts are compared: words of letters and digits, in lower case; pairs of neighbouring characters where words
/// are not parted by spaces (Han), so that no segmenter is needed. Mixed text gives both.
/// </summary>
public static class TopicTerms
{
    private const int LongestTerm = 32;

    /// <summary>Calls back with each term, in the order of the text; a term that occurs twice comes twice. The span is good during the call only.</summary>
    public static void Each<T>(ReadOnlySpan<char> text, T state, Action<ReadOnlySpan<char>, T> term)
    {
        Span<char> word = stackalloc char[LongestTerm];
        var length = 0;
        char? before = null;
        var isPaired = false;
        foreach (var character in text)
        {
            if (IsHan(character))
            {
                EndWord(word[..length], state, term);
                length = 0;
                if (before is { } first)
                {
                    term([first, character], state);
                }

                (isPaired, before) = (before is not null, character);
                continue;
            }

            EndRun(before, isPaired, state, term);
            (before, isPaired) = (null, false);
            if (char.IsLetterOrDigit(character))
            {
                if (length < LongestTerm)
                {
                    word[length++] = char.ToLowerInvariant(character);
                }
            }
            else
            {
                EndWord(word[..length], state, term);
                length = 0;
            }
        }

        EndRun(before, isPaired, state, term);
        EndWord(word[..length], state, term);
    }

    private static void EndWord<T>(ReadOnlySpan<char> word, T state, Action<ReadOnlySpan<char>, T> term)
    {
        if (word.Length > 1)
        {
            term(word, state);
        }
    }

    /// <summary>A character alone between others is a term of its own.</summary>
    private static void EndRun<T>(char? last, bool isPaired, T state, Action<ReadOnlySpan<char>, T> term)
    {
        if (last is { } alone && !isPaired)
        {
            term([alone], state);
        }
    }

    /// <summary>True for a Chinese character.</summary>
    internal static bool IsHan(char c) => c is (>= '\u3400' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff');
}
