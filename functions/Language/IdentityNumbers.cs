namespace CityBrain.Language;

/// <summary>
/// Resident identity numbers 居民身份证号码 in text: 18 characters with check character (GB 11643-1999), known by province, day of birth and
/// check character and so found even amid other digits; and the old form of 15 digits, which has no check and must stand alone. Pure; linear in the text.
/// </summary>
public static class IdentityNumbers
{
    private const int Length = 18;
    private const int OldLength = 15;
    private const string CheckCharacters = "10X98765432";

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    // First two digits: GB/T 2260, with Hong Kong, Macao and Taiwan residence permits (81 to 83) and 91 for foreign permanent residents.
    private static readonly HashSet<int> Provinces = [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91];

    /// <summary>True for 18 characters of the present form whose check character is right.</summary>
    public static bool IsValid(ReadOnlySpan<char> number) =>
        number.Length == Length
        && number[..^1].IndexOfAnyExceptInRange('0', '9') < 0
        && Provinces.Contains(Number(number[..2]))
        && IsDay(Number(number[6..10]), Number(number[10..12]), Number(number[12..14]))
        && char.ToUpperInvariant(number[^1]) == CheckCharacter(number);

    /// <summary>The check character of the first 17 digits: a digit or X.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> number)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
        {
            sum += (number[i] - '0') * Weights[i];
        }

        return CheckCharacters[sum % 11];
    }

    /// <summary>Where the numbers are. One space or hyphen may stand before and after the day of birth.</summary>
    public static IEnumerable<(int Start, int Length)> In(char[] text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                continue;
            }

            var length = LengthAt(text, at);
            if (length == 0)
            {
                continue;
            }

            yield return (at, length);
            at += length - 1;
        }
    }

    private static int LengthAt(char[] text, int start)
    {
        Span<char> number = stackalloc char[Length];
        var (taken, at) = (0, start);
        while (taken < Length && at < text.Length)
        {
            if (taken is 6 or 14 && text[at] is ' ' or '-' && text[at - 1] is not (' ' or '-'))
            {
                at++;
                continue;
            }

            if (!char.IsAsciiDigit(text[at]) && !(taken == Length - 1 && text[at] is 'x' or 'X'))
            {
                break;
            }

            number[taken++] = text[at++];
        }

        var standsAlone = (start == 0 || !char.IsAsciiLetterOrDigit(text[start - 1])) && (at == text.Length || !char.IsAsciiLetterOrDigit(text[at]));
        return IsValid(number[..taken]) ? at - start
            : taken == OldLength && at - start == OldLength && standsAlone && IsOld(number[..OldLength]) ? OldLength
            : 0;
    }

    private static bool IsOld(ReadOnlySpan<char> number) =>
        Provinces.Contains(Number(number[..2])) && IsDay(1900 + Number(number[6..8]), Number(number[8..10]), Number(number[10..12]));

    private static bool IsDay(int year, int month, int day) =>
        year is >= 1850 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
