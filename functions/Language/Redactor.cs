using System.Text;
using System.Text.RegularExpressions;

namespace CityBrain.Language;

/// <summary>
/// Takes personal data out of free text before it is stored with a case: e-mail addresses, identity and social security numbers, passports,
/// plates, bank cards, phone numbers, names that a person gives as their own or that stand with a title, and a name that is known. Chinese and
/// English. Pure; twice is the same as once. When it cannot finish, the text is withheld.
/// </summary>
public static class Redactor
{
    /// <summary>What stands for a text that could not be redacted.</summary>
    public const string Withheld = "[withheld 已隐去]";

    private const int ShortestName = 2;

    // Each round sees what the one before has left; two or three find all that there is.
    private const int MostRounds = 6;

    // In this order: what an earlier kind has taken, a later one no longer sees.
    private static readonly (string Kind, Func<char[], IEnumerable<(int Start, int Length)>> Find)[] Kinds =
    [
        ("[email]", Matches(RedactorPatterns.Email())),
        ("[id]", IdentityNumbers.In),
        ("[id]", Matches(RedactorPatterns.IdentityAfterItsWord())),
        ("[id]", Matches(RedactorPatterns.SocialSecurity())),
        ("[passport]", Matches(RedactorPatterns.Passport())),
        ("[plate]", Matches(RedactorPatterns.ChinesePlate())),
        ("[plate]", Matches(RedactorPatterns.PlateAfterItsWord(), NumberChecks.IsPlate)),
        ("[card]", Matches(RedactorPatterns.CardAfterItsWord())),
        ("[phone]", Matches(RedactorPatterns.Mobile())),
        ("[card]", Matches(RedactorPatterns.BankCard(), NumberChecks.IsCard)),
        ("[phone]", Matches(RedactorPatterns.SpacedMobile(), NumberChecks.IsSpacedMobile)),
        ("[phone]", NumberChecks.GluedMobiles),
        ("[phone]", Matches(RedactorPatterns.ServiceLine())),
        ("[phone]", Matches(RedactorPatterns.Landline())),
        ("[phone]", Matches(RedactorPatterns.NorthAmerican())),
        ("[phone]", Matches(RedactorPatterns.International(), number => number.Count(char.IsAsciiDigit) is >= 8 and <= 15)),
        ("[phone]", Matches(RedactorPatterns.LocalAfterItsWord())),
        ("[name]", Matches(RedactorNames.ChineseOwn())),
        ("[name]", Matches(RedactorNames.ChineseWithTitle())),
        ("[name]", Matches(RedactorNames.ChineseInRole())),
        ("[name]", Matches(RedactorNames.English())),
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
            foreach (var earlier in RedactorPatterns.Placeholder().EnumerateMatches(text))
            {
                rest.AsSpan(earlier.Index, earlier.Length).Fill(RedactorPatterns.Masked);
            }

            FindName(text, name, findings);
            Mask(rest, findings, 0);
            for (var (round, known) = (0, -1); round < MostRounds && findings.Count > known; round++)
            {
                known = findings.Count;
                FindKinds(rest, findings);
            }

            return Replaced(text, findings);
        }
        catch (RegexMatchTimeoutException)
        {
            return Withheld;
        }
    }

    private static void FindKinds(char[] rest, List<(int Start, int Length, string Kind)> findings)
    {
        foreach (var (kind, find) in Kinds)
        {
            var known = findings.Count;
            findings.AddRange(find(rest).Select(found => (found.Start, found.Length, kind)));
            Mask(rest, findings, known);
        }
    }

    private static Func<char[], IEnumerable<(int Start, int Length)>> Matches(Regex pattern, Func<string, bool>? isReal = null) => text =>
    {
        var found = new List<(int Start, int Length)>();
        foreach (var match in pattern.EnumerateMatches(text))
        {
            if (isReal is null || isReal(new string(text, match.Index, match.Length)))
            {
                found.Add((match.Index, match.Length));
            }
        }

        return found;
    };

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
}
