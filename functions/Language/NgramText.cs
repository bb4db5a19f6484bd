namespace CityBrain.Language;

/// <summary>
/// The form in which texts are compared: half-width, lower case, each run of digits one '0', each run of punctuation one space. White space
/// between characters of an unspaced script (Chinese, kana) is dropped, so that a text cut into words and the same text uncut meet. Pure.
/// </summary>
public static class NgramText
{
    /// <summary>What every digit, and every run of digits, becomes.</summary>
    public const char Digit = '0';

    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';
    private const int FullWidthShift = 0xFEE0;

    /// <summary>Normalises a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="normalised">Takes the result; at least as long as the text.</param>
    /// <param name="positions">Takes, for each character of the result, its place in the text; empty when nobody asks.</param>
    /// <returns>Characters written.</returns>
    public static int Normalise(ReadOnlySpan<char> text, Span<char> normalised, Span<int> positions = default)
    {
        var length = 0;
        var blank = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i] is >= FirstFullWidth and <= LastFullWidth ? (char)(text[i] - FullWidthShift) : text[i];
            var last = length > 0 ? normalised[length - 1] : ' ';
            if (char.IsDigit(c))
            {
                c = Digit;
                if (last == Digit && !blank)
                {
                    continue;
                }
            }
            else if (char.IsLetter(c) || char.IsSurrogate(c))
            {
                c = char.ToLowerInvariant(c);
            }
            else if (char.IsWhiteSpace(c))
            {
                blank = true;
                continue;
            }
            else
            {
                c = ' ';
            }

            if (blank && last != ' ' && c != ' ' && (IsSpaced(last) || IsSpaced(c)))
            {
                Put(' ', i, normalised, positions, ref length);
            }

            blank = false;
            if (c != ' ' || last != ' ')
            {
                Put(c, i, normalised, positions, ref length);
            }
        }

        return length > 0 && normalised[length - 1] == ' ' ? length - 1 : length;
    }

    /// <summary>True for a letter or digit of a script that puts spaces between words.</summary>
    public static bool IsSpaced(char c) => c is < '\u3040' or (> '\uD7AF' and < '\uD800') && c != ' ';

    private static void Put(char c, int at, Span<char> normalised, Span<int> positions, ref int length)
    {
        if (!positions.IsEmpty)
        {
            positions[length] = at;
        }

        normalised[length++] = c;
    }
}
