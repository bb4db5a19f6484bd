using System.Text.RegularExpressions;

namespace CityBrain.Language;

/// <summary>What personal data looks like, in text that <see cref="HalfWidth"/> has folded. Each pattern matches the secret and nothing beside it.</summary>
internal static partial class RedactorPatterns
{
    /// <summary>Stands where an earlier pattern has found something.</summary>
    public const char Masked = '\uFFFF';

    private const int Timeout = 200;
    private const RegexOptions Exact = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const string NotInANumber = @"(?<![0-9])(?<![0-9]\.)";
    private const string Surname = "(?:欧阳|司马|上官|诸葛|司徒|东方|尉迟|皇甫|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤])";
    private const string AfterAName = @"(?=[\s,.;:!?()\u3001\u3002\uFFFF0-9]|$)";

    [GeneratedRegex(@"(?:[A-Za-z0-9._%+-]{1,64}|[\u4e00-\u9fff]{1,4})@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}", Exact, Timeout)]
    public static partial Regex Email();

    /// <summary>Resident identity number (GB 11643-1999): place, day of birth, serial number, check digit.</summary>
    [GeneratedRegex(@"(?<![0-9])[1-9][0-9]{5}[ -]?(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[ -]?[0-9]{3}[0-9Xx](?![0-9])", Exact, Timeout)]
    public static partial Regex IdentityNumber();

    [GeneratedRegex(@"(?<![0-9])[0-9](?:[ -]?[0-9]){14,18}(?![0-9])", Exact, Timeout)]
    public static partial Regex BankCard();

    /// <summary>Chinese mobile, eleven digits from 13 to 19.</summary>
    [GeneratedRegex(NotInANumber + @"(?:(?:\+|00)?86[ -]?)?1[3-9][0-9](?<gap>[ .-]?)[0-9]{4}\k<gap>[0-9]{4}(?![0-9])", Exact, Timeout)]
    public static partial Regex Mobile();

    /// <summary>Chinese landline: area code from 010 to 0999, seven or eight digits.</summary>
    [GeneratedRegex(@"(?<![A-Za-z])" + NotInANumber + @"(?:\(0[1-9][0-9]{1,2}\)|0[1-9][0-9]{1,2})[ -]?[2-9][0-9]{2,3}[ -]?[0-9]{4}(?![0-9A-Za-z]|\.[0-9])", Exact, Timeout)]
    public static partial Regex Landline();

    /// <summary>North American number: area code and exchange from 2 to 9.</summary>
    [GeneratedRegex(@"(?<![A-Za-z-])" + NotInANumber + @"(?:\+?1[ .-]?)?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-]?)[2-9][0-9]{2}[ .-]?[0-9]{4}(?![0-9A-Za-z]|[.,][0-9])", Exact, Timeout)]
    public static partial Regex NorthAmerican();

    [GeneratedRegex(@"\+[1-9][0-9]{0,2}(?:[ .-]?\(?[0-9]{1,4}\)?){2,6}(?![0-9])", Exact, Timeout)]
    public static partial Regex International();

    /// <summary>A number without area code, known by the word before it; a date after such a word is none.</summary>
    [GeneratedRegex(
        @"(?<=(?:电话|手机|座机|拨打|联系方式|(?i:\b(?:phone|tel|call|mobile|fax)))(?: ?(?:号码|号|是|为|(?i:number|no|me at|at)))?[ :.]{0,3})(?!(?:19|20)[0-9]{2}-[0-9]{1,2}-)[0-9][0-9 -]{5,12}[0-9](?![0-9])",
        Exact,
        Timeout)]
    public static partial Regex LocalAfterItsWord();

    [GeneratedRegex(
        @"(?<=我叫|名叫|姓名[是为]?[: ]{0,2}|联系人[是为]?[: ]{0,2})(?:(?![他她它你我您咱了])[\u4e00-\u9fff]{2,4}?(?:" + AfterAName + @"|(?=电话|手机|身份证|住|家|在|是|的))|" + Surname + @"[\u4e00-\u9fff]{1,2})|(?<=我是)" + Surname + @"[\u4e00-\u9fff]{1,2}" + AfterAName,
        Exact,
        Timeout)]
    public static partial Regex ChineseName();

    [GeneratedRegex(
        @"(?<=\b(?i:my name is|i am called) )\p{L}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]+)?|(?<=\b(?:Mr|Mrs|Ms|Miss)\.? )\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)?",
        Exact,
        Timeout)]
    public static partial Regex EnglishName();
}
