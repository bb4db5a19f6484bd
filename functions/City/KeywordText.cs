namespace CityBrain.City;

/// <summary>
/// The form in which keywords and texts meet: lower case, full-width forms made narrow, and every run of anything that is neither letter
/// nor digit made one space.
/// </summary>
internal static class KeywordText
{
    private const int FullWidthShift = 0xFEE0;

    /// <summary>Normalises a text.</summary>
    public static string Normalise(string text)
    {
        var buffer = new char[text.Length];
        var length = 0;
        foreach (var raw in text)
        {
            var c = raw is >= '\uFF01' and <= '\uFF5E' ? (char)(raw - FullWidthShift) : raw;
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
            {
                buffer[length++] = char.ToLowerInvariant(c);
            }
            else if (length > 0 && buffer[length - 1] != ' ')
            {
                buffer[length++] = ' ';
            }
        }

        return new string(buffer, 0, length > 0 && buffer[length - 1] == ' ' ? length - 1 : length);
    }

    /// <summary>True for a letter or digit of a script that puts spaces between words; false for Chinese characters and kana.</summary>
    public static bool IsSpacedScript(char c) => char.IsLetterOrDigit(c) && c is < '\u3040' or (> '\uD7AF' and < '\uF900');

    /// <summary>Length in words: two characters of an unspaced script count as one.</summary>
    public static double Words(string normalised)
    {
        double words = 0;
        for (var i = 0; i < normalised.Length; i++)
        {
            var c = normalised[i];
            words += c == ' ' ? 0
                : !IsSpacedScript(c) ? 0.5
                : i == 0 || !IsSpacedScript(normalised[i - 1]) ? 1 : 0;
        }

        return words;
    }
}
