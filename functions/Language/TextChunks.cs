using System.Globalization;

namespace CityBrain.Language;

/// <summary>Cuts long texts for services that limit the length of a document. Pure; linear in the text.</summary>
public static class TextChunks
{
    private const string SentenceEnds = ".!?\n\u3002\uFF01\uFF1F\uFF1B;";

    /// <summary>The text in pieces of at most so many text elements, cut after the last end of a sentence where there is one; together they are the text.</summary>
    public static IReadOnlyList<string> Of(string text, int longest)
    {
        var (chunks, start, lastEnd, elements, at) = (new List<string>(), 0, 0, 0, 0);
        var elementsSinceEnd = 0;
        while (at < text.Length)
        {
            if (elements == longest)
            {
                var cut = lastEnd > start ? lastEnd : at;
                chunks.Add(text[start..cut]);
                elements = cut == at ? 0 : elementsSinceEnd;
                (start, lastEnd) = (cut, cut);
            }

            var isEnd = SentenceEnds.Contains(text[at], StringComparison.Ordinal);
            at += StringInfo.GetNextTextElementLength(text.AsSpan(at));
            elements++;
            elementsSinceEnd++;
            if (isEnd)
            {
                (lastEnd, elementsSinceEnd) = (at, 0);
            }
        }

        if (start < text.Length)
        {
            chunks.Add(text[start..]);
        }

        return chunks;
    }
}
