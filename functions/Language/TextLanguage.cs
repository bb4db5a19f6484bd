namespace CityBrain.Language;

/// <summary>Which language a text is in, by its script. Pure.</summary>
public static class TextLanguage
{
    /// <summary>Chinese.</summary>
    public const string Chinese = "zh";

    /// <summary>English, or another language in Latin letters without marks.</summary>
    public const string English = "en";

    /// <summary>Any other, or none that can be told.</summary>
    public const string Other = "other";

    // Chinese texts hold Latin names and units; a Chinese character says about as much as a word.
    private const double LeastHan = 0.2;
    private const double LeastPlainLatin = 0.9;

    /// <summary>The language in which the language service is to read a text, by its code there.</summary>
    public static string ServiceCodeOf(string text) => Of(text) == Chinese ? "zh-hans" : "en";

    /// <summary><see cref="Chinese"/>, <see cref="English"/> or <see cref="Other"/>.</summary>
    public static string Of(string text)
    {
        var (han, latin, foreign) = (0, 0, 0);
        foreach (var c in text.Where(char.IsLetter))
        {
            switch (c)
            {
                case >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF': han++; break;
                case <= 'z': latin++; break;
                default: foreign++; break;
            }
        }

        var all = han + latin + foreign;
        return all == 0 || foreign > han && foreign > latin ? Other
            : han >= LeastHan * all && foreign <= han ? Chinese
            : latin >= LeastPlainLatin * all ? English
            : Other;
    }
}
