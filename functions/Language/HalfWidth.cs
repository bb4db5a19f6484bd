namespace CityBrain.Language;

/// <summary>Folds the full-width forms of East Asian keyboards, and the digits of any script, into ASCII, one character for one, so that positions stay the same. Pure.</summary>
public static class HalfWidth
{
    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';
    private const char ToAscii = (char)(FirstFullWidth - '!');

    /// <summary>The folded text, as long as the text.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = source[i] switch
            {
                >= FirstFullWidth and <= LastFullWidth => (char)(source[i] - ToAscii),
                '\u3000' or '\u00A0' => ' ',
                >= '\u2010' and <= '\u2015' => '-',
                var digit when digit > '9' && char.IsDigit(digit) => (char)('0' + (int)char.GetNumericValue(digit)),
                var other => other,
            };
        }
    });
}
