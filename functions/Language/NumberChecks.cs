namespace CityBrain.Language;

/// <summary>Tells numbers of persons from other long numbers. Pure; linear in the text.</summary>
internal static class NumberChecks
{
    private const int MobileLength = 11;

    private static readonly string[] DocumentWords = ["编号", "单号", "案号", "文号", "票号"];

    // What may be glued to a mobile number: a house or room number before it, an amount or extension after it.
    private const int LongestGlued = MobileLength + 4;

    /// <summary>The check of bank cards (ISO/IEC 7812-1, Luhn): of other long numbers, nine in ten fail it. Fewer than 15 digits must also begin as cards do.</summary>
    public static bool IsCard(string number)
    {
        var groups = number.Split(' ', '-');
        var digits = string.Concat(groups);
        return groups[..^1].All(group => group.Length >= 4)
            && (digits.Length >= 15 || digits[0] is >= '3' and <= '6')
            && HasCheckDigit(digits);
    }

    /// <summary>True for the digits of a mobile number however a person groups them: one kind of gap, and no lonely digits unless all are.</summary>
    public static bool IsSpacedMobile(string number)
    {
        var gaps = number.Where(c => !char.IsAsciiDigit(c)).Distinct().ToList();
        var groups = number.Split(' ', '-', '.');
        return gaps.Count <= 1 && (groups.All(group => group.Length == 1) || (groups[0].Length >= 3 && groups.All(group => group.Length >= 2)));
    }

    /// <summary>True for a plate of letters and digits, 5 to 8 of them.</summary>
    public static bool IsPlate(string plate) =>
        plate.Count(char.IsAsciiLetterOrDigit) is >= 5 and <= 8 && plate.Any(char.IsAsciiDigit) && plate.Any(char.IsAsciiLetter);

    /// <summary>Runs of digits in which a mobile number is glued to a few other digits, or to another mobile number.</summary>
    public static IEnumerable<(int Start, int Length)> GluedMobiles(char[] text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                continue;
            }

            var end = at;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (IsGlued(text.AsSpan(at, end - at)) && !IsOtherNumber(text, at, end))
            {
                yield return (at, end - at);
            }

            at = end;
        }
    }

    private static bool IsGlued(ReadOnlySpan<char> run) =>
        run.Length > MobileLength
        && (run.Length == 2 * MobileLength
            ? StartsWithMobile(run) && StartsWithMobile(run[MobileLength..])
            : run.Length <= LongestGlued && (StartsWithMobile(run) || (StartsWithMobile(run[^MobileLength..]) && !run.StartsWith("20") && run[0] != '0')));

    private static bool StartsWithMobile(ReadOnlySpan<char> run) => run[0] == '1' && run[1] is >= '3' and <= '9';

    /// <summary>True when the neighbours say that it is a part of an amount, or of the number of a document.</summary>
    private static bool IsOtherNumber(char[] text, int start, int end) =>
        (start > 0 && (char.IsAsciiLetter(text[start - 1]) || text[start - 1] is '.' or ',' or '#' or '-' or '_'))
        || DocumentWords.Any(word => text.AsSpan(0, start).TrimEnd(" :").EndsWith(word))
        || (end < text.Length && text[end] is '元' or '万' or '%');

    private static bool HasCheckDigit(string digits)
    {
        var (sum, twice) = (0, false);
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            var digit = digits[i] - '0';
            sum += twice ? (digit * 2 / 10) + (digit * 2 % 10) : digit;
            twice = !twice;
        }

        return sum % 10 == 0;
    }
}
