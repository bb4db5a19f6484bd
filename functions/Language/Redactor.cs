using System.Text;
using System.Text.RegularExpressions;

namespace CityBrain.Language;

/// <summary>
/// Takes personal data out of free text before it is stored with a case: e-mail addresses, resident identity numbers, bank cards,
/// phone numbers, names that a person gives as their own, and a name that is known. Pure. When it cannot finish, the text is withheld.
/// </summary>
public static class Redactor
{
    /// <summary>What stands for a text that could not be redacted.</summary>
    public const string Withheld = "[withheld 已隐去]";

    private const int ShortestName = 2;

    // In this order: what an earlier kind has taken, a later one no longer sees.
    private static readonly (string Kind, Regex Pattern, Func<string, bool> IsReal)[] Kinds =
    [
        ("[email]", RedactorPatterns.Email(), _ => true),
        ("[id]", RedactorPatterns.IdentityNumber(), _ => true),
        ("[phone]", RedactorPatterns.Mobile(), _ => true),
        ("[card]", RedactorPatterns.BankCard(), HasCheckDigit),
        ("[phone]", RedactorPatterns.Landline(), _ => true),
        ("[phone]", RedactorPatterns.NorthAmerican(), _ => true),
        ("[phone]", RedactorPatterns.International(), number => number.Count(char.IsAsciiDigit) is >= 8 and <= 15),
        ("[phone]", RedactorPatterns.LocalAfterItsWord(), _ => true),
        ("[name]", RedactorPatterns.ChineseName(), _ => true),
        ("[name]", RedactorPatterns.EnglishName(), _ => true),
    ];

    /// <summary>The text with every finding replaced by what kind of thing it was, such as <c>[phone]</c>.</summary>
    /// <param name="text">Free text.</param>
    /// <param name="name">A person whose name is known, such as the reporter; two characters or more.</param>
    public static string Redact(string text, string? name = null)
    {
        try
        {
            var rest = HalfWidth.Fold(text).ToCharArray();
            var findings = new List<(int Start, int Length, string Kind)>();
            FindName(text, name, findings);
            Mask(rest, findings, 0);
            foreach (var (kind, pattern, isReal) in Kinds)
            {
                var known = findings.Count;
                foreach (var match in pattern.EnumerateMatches(rest))
                {
                    if (isReal(new string(rest, match.Index, match.Length)))
                    {
                        findings.Add((match.Index, match.Length, kind));
                    }
                }

                Mask(rest, findings, known);
            }

            return Replaced(text, findings);
        }
        catch (RegexMatchTimeoutException)
        {
            return Withheld;
        }
    }

    private static void FindName(string text, string? name, List<(int Start, int Length, string Kind)> findings)
    {
        var wanted = name?.Trim() ?? "";
        if (wanted.Length < ShortestName)
        {
            return;
        }

        for (var at = text.IndexOf(wanted, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(wanted, at + wanted.Length, StringComparison.OrdinalIgnoreCase))
        {
            if (!GoesOn(text, at - 1, at) && !GoesOn(text, at + wanted.Length, at + wanted.Length - 1))
            {
                findings.Add((at, wanted.Length, "[name]"));
            }
        }
    }

    /// <summary>True when a Latin word goes on from the edge of a name to its neighbour; Chinese is written without gaps.</summary>
    private static bool GoesOn(string text, int neighbour, int edge) =>
        neighbour >= 0 && neighbour < text.Length && text[edge] < '\u0250' && char.IsLetter(text[edge]) && text[neighbour] < '\u0250' && char.IsLetter(text[neighbour]);

    private static void Mask(char[] rest, List<(int Start, int Length, string Kind)> findings, int from)
    {
        foreach (var (start, length, _) in findings.Skip(from))
        {
            rest.AsSpan(start, length).Fill(RedactorPatterns.Masked);
        }
    }

    private static string Replaced(string text, List<(int Start, int Length, string Kind)> findings)
    {
        if (findings.Count == 0)
        {
            return text;
        }

        var (redacted, done) = (new StringBuilder(text.Length), 0);
        foreach (var (start, length, kind) in findings.OrderBy(finding => finding.Start))
        {
            redacted.Append(text, done, start - done).Append(kind);
            done = start + length;
        }

        return redacted.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>The check of bank cards (ISO/IEC 7812-1, Luhn): of other long numbers, nine in ten fail it.</summary>
    private static bool HasCheckDigit(string number)
    {
        var (sum, twice) = (0, false);
        foreach (var digit in number.Where(char.IsAsciiDigit).Reverse().Select(c => c - '0'))
        {
            sum += twice ? (digit * 2 / 10) + (digit * 2 % 10) : digit;
            twice = !twice;
        }

        return sum % 10 == 0;
    }
}
