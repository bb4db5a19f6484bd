using System.Text.RegularExpressions;

namespace CityBrain.Language;

/// <summary>
/// Takes personal data out of free text before it is stored with a case: e-mail addresses, resident identity numbers, bank cards,
/// phone numbers, and names that a person gives as their own. Pure. When it cannot finish, the text is withheld.
/// </summary>
public static partial class Redactor
{
    /// <summary>What stands for a text that could not be redacted.</summary>
    public const string Withheld = "[withheld 已隐去]";

    private const int PatternTimeout = 200;

    /// <summary>The text with every finding replaced by what kind of thing it was, such as <c>[phone]</c>.</summary>
    public static string Redact(string text)
    {
        try
        {
            text = Email().Replace(text, "[email]");
            text = IdentityNumber().Replace(text, "[id]");
            text = BankCard().Replace(text, "[card]");
            text = Phone().Replace(text, "[phone]");
            return OwnName().Replace(text, "${lead}[name]");
        }
        catch (RegexMatchTimeoutException)
        {
            return Withheld;
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(\.[\p{L}\p{N}-]{1,63}){1,4}", RegexOptions.CultureInvariant, PatternTimeout)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<!\d)\d{17}[\dXx](?!\d)", RegexOptions.CultureInvariant, PatternTimeout)]
    private static partial Regex IdentityNumber();

    [GeneratedRegex(@"(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)", RegexOptions.CultureInvariant, PatternTimeout)]
    private static partial Regex BankCard();

    [GeneratedRegex(@"(?<![\d.])(?:\+?\d{1,3}[ -]?)?(?:1[3-9]\d{9}|\(?0?\d{2,4}\)?[ -]\d{3,4}[ -]?\d{4}|\d{3}[ -.]\d{3}[ -.]\d{4}|0\d{9,11})(?![\d.]\d)", RegexOptions.CultureInvariant, PatternTimeout)]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?<lead>我叫|我是|本人姓名[::]?|联系人[::]?)[\p{IsCJKUnifiedIdeographs}]{2,3}(?=[,,。.;;\s]|$)|(?<lead>\b(?:[Mm]y name is|Mr\.?|Mrs\.?|Ms\.?) )[A-Z][\p{L}'-]+(?: [A-Z][\p{L}'-]+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternTimeout)]
    private static partial Regex OwnName();
}
