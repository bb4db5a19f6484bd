using System.Text.RegularExpressions;

namespace CityBrain.Language;

/// <summary>What numbers and addresses of persons look like, in text that <see cref="HalfWidth"/> has folded. Each pattern matches the secret and nothing beside it.</summary>
internal static partial class RedactorPatterns
{
    /// <summary>Stands where an earlier pattern has found something.</summary>
    public const char Masked = '\uFFFF';

    /// <summary>Milliseconds for one pattern and one text. The patterns are linear, so only a machine that stands still reaches it.</summary>
    public const int Timeout = 20_000;

    /// <summary>Options of all patterns.</summary>
    public const RegexOptions Exact = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private const string NotInANumber = @"(?<![0-9])(?<![0-9]\.)";
    private const string NotAfterALetter = @"(?:(?<![A-Za-z])|(?<=(?i:tel|phone|call|mobile|fax)))";
    private const string EndOfPhone = @"(?:(?![0-9A-Za-z]|\.[0-9])|(?=(?i:ext?)[ .]?[0-9]))";
    private const string Is = @"(?: ?(?:号码|号|为|是|(?i:number|no\b|is|#)))?[ :.#]{0,3}";
    private const string Province = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使]";

    /// <summary>What an earlier redaction has left: it is kept as it stands.</summary>
    [GeneratedRegex(@"\[(?:phone|id|card|email|name|plate|passport|withheld 已隐去)\]", Exact, Timeout)]
    public static partial Regex Placeholder();

    [GeneratedRegex(@"(?:[A-Za-z0-9._%+-]{1,64}|[\u4e00-\u9fff]{1,4})@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}", Exact, Timeout)]
    public static partial Regex Email();

    /// <summary>Identity number that its word announces: taken out even when it is mistyped.</summary>
    [GeneratedRegex(@"(?<=(?:身份证|证件)" + Is + @")(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9])", Exact, Timeout)]
    public static partial Regex IdentityAfterItsWord();

    /// <summary>United States social security number: no part is all zeros, and the first is neither 666 nor from 900.</summary>
    [GeneratedRegex(@"(?:(?<![0-9A-Za-z-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}|(?<=\b(?i:ssn|social security)" + Is + @")(?!000|666|9)[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{4})(?![0-9-])", Exact, Timeout)]
    public static partial Regex SocialSecurity();

    /// <summary>Chinese passport, E or G; any other by its word.</summary>
    [GeneratedRegex(@"(?:(?<![A-Za-z0-9])(?:[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7})|(?<=(?:护照|通行证|(?i:\bpassport))" + Is + @")(?=[A-Za-z]{0,2}[0-9])[A-Za-z0-9]{7,9})(?![A-Za-z0-9])", Exact, Timeout)]
    public static partial Regex Passport();

    /// <summary>Chinese plate: province, letter, five characters, or six on new-energy vehicles 新能源.</summary>
    [GeneratedRegex(Province + @"[A-HJ-NP-Za-hj-np-z][ \u00B7\u2022.-]?(?=[A-Za-z]{0,4}[0-9])(?:[A-HJ-NP-Za-hj-np-z0-9]{5,6}|[A-HJ-NP-Za-hj-np-z0-9]{4}[挂学警港澳领])(?![A-Za-z0-9])", Exact, Timeout)]
    public static partial Regex ChinesePlate();

    [GeneratedRegex(@"(?<=\b(?i:plates?|licen[cs]e)(?: ?(?i:plate|number|no\b|is|reads))?[ :.#]{1,3})[A-Za-z0-9]{1,8}(?:[ -](?=[A-Za-z]{0,3}[0-9])[A-Za-z0-9]{1,5})?(?![A-Za-z0-9])", Exact, Timeout)]
    public static partial Regex PlateAfterItsWord();

    [GeneratedRegex(@"(?<=(?:银行卡|卡号|账号|帐号|(?i:\b(?:card|account)))" + Is + @")[0-9](?:[ -]?[0-9]){11,18}(?![0-9])", Exact, Timeout)]
    public static partial Regex CardAfterItsWord();

    [GeneratedRegex(@"(?<![0-9]|[A-Za-z_#-])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])", Exact, Timeout)]
    public static partial Regex BankCard();

    /// <summary>Chinese mobile, eleven digits from 13 to 19.</summary>
    [GeneratedRegex(NotInANumber + @"(?:(?:\+|00)?86[ -]?)?1[3-9][0-9](?<gap>[ .-]?)[0-9]{4}\k<gap>[0-9]{4}(?![0-9])", Exact, Timeout)]
    public static partial Regex Mobile();

    /// <summary>The same in groups of a person's own.</summary>
    [GeneratedRegex(NotInANumber + @"1[ .-]?[3-9](?:[ .-]?[0-9]){9}(?![0-9])", Exact, Timeout)]
    public static partial Regex SpacedMobile();

    /// <summary>Nation-wide service line, ten digits from 400 or 800; an amount is none.</summary>
    [GeneratedRegex(NotInANumber + @"[48]00[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}(?<=[0-9](?:[ -]?[0-9]){9})(?<![0-9](?:[ -]?[0-9]){10})(?![0-9]|[.,][0-9]| ?(?:元|万|(?i:yuan)))", Exact, Timeout)]
    public static partial Regex ServiceLine();

    /// <summary>Chinese landline: area code from 010 to 0999, seven or eight digits.</summary>
    [GeneratedRegex(NotAfterALetter + NotInANumber + @"(?:(?:\+|00)86[ -]?)?(?:\(0[1-9][0-9]{1,2}\)|0[1-9][0-9]{1,2})[ -]?[2-9][0-9]{2,3}[ -]?[0-9]{4}" + EndOfPhone, Exact, Timeout)]
    public static partial Regex Landline();

    /// <summary>North American number: area code and exchange from 2 to 9.</summary>
    [GeneratedRegex(NotAfterALetter + "(?<!-)" + NotInANumber + @"(?:\+?1[ .-]?)?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-]?)[2-9][0-9]{2}[ .-]?[0-9]{4}(?!,[0-9])" + EndOfPhone, Exact, Timeout)]
    public static partial Regex NorthAmerican();

    [GeneratedRegex(@"\+[1-9][0-9]{0,2}(?:[ .-]?\(?[0-9]{1,4}\)?){2,6}(?![0-9])", Exact, Timeout)]
    public static partial Regex International();

    /// <summary>A number without area code, known by the word before it; a date after such a word is none.</summary>
    [GeneratedRegex(
        @"(?<=(?:电话|手机|座机|拨打|联系方式|(?i:\b(?:phone|tel|call|mobile|fax)))(?: ?(?:号码|号|是|为|(?i:number|no|me at|at)))?[ :.]{0,3})(?!(?:19|20)[0-9]{2}-[0-9]{1,2}-)[0-9][0-9 -]{5,12}[0-9](?![0-9])",
        Exact,
        Timeout)]
    public static partial Regex LocalAfterItsWord();
}
