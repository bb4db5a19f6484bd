using System.Text.RegularExpressions;

namespace CityBrain.Language;

/// <summary>Names of persons, known by the words beside them, in text that <see cref="HalfWidth"/> has folded. Each pattern matches the name and nothing beside it.</summary>
internal static partial class RedactorNames
{
    private const int Timeout = RedactorPatterns.Timeout;
    private const RegexOptions Exact = RedactorPatterns.Exact;
    private const string Double = "欧阳|司马|上官|诸葛|司徒|东方|尉迟|皇甫";
    private const string Plain = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶苏魏吕丁沈姚卢姜崔钟谭陆汪范廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵严覃武戴莫孔汤";

    // Surnames that are common words as well: prepositions, verbs, adjectives.
    private const string AlsoWords = "高于程任金石方白万钱向";
    private const string Surname = "(?:" + Double + "|[" + Plain + AlsoWords + "])";
    private const string PlainSurname = "(?:" + Double + "|[" + Plain + "])";
    private const string Han = @"[\u4e00-\u9fff]";
    private const string After = @"(?=[\s,.;:!?()\u3001\u3002\uFFFF0-9]|$)";
    private const string Personal = "先生|女士|小姐|师傅|阿姨|大爷|大妈|大姐|大哥|同志|奶奶|爷爷";
    private const string Office = "老师|医生|大夫|经理|主任|书记|局长|队长|科长|校长|院长|所长|警官|法官|律师|教授|护士";

    /// <summary>A name that a person gives: 我叫, 姓名, 联系人, 我是, 我姓, 本人.</summary>
    [GeneratedRegex(
        @"(?<=我叫|名叫|姓名[是为]?[: ]{0,2}|联系人[是为]?[: ]{0,2})(?:(?![他她它你我您咱了])" + Han + "{2,4}?(?:" + After + @"|(?=电话|手机|身份证|住|家|在|是|的))|" + Surname + Han + "{1,2})"
        + "|(?<=我是)" + Surname + Han + "{1,2}" + After
        + "|(?<=我姓|免贵姓)" + Surname
        + "|(?<=本人)" + PlainSurname + Han + "{1,2}?(?:" + After + "|(?=今年|身份证|电话|手机|家住|住|是|系|男|女))",
        Exact,
        Timeout)]
    public static partial Regex ChineseOwn();

    /// <summary>A name before a title, as in 张先生 or 王师傅; before an office, the surname alone.</summary>
    [GeneratedRegex(Surname + "(?:" + Han + "{0,2}?(?=" + Personal + "))|" + PlainSurname + "(?=" + Office + ")", Exact, Timeout)]
    public static partial Regex ChineseWithTitle();

    /// <summary>A name after the part that a person plays, before what they did.</summary>
    [GeneratedRegex(
        "(?<=(?:市民|居民|业主|村民|户主|住户|租户|房东|来电人|投诉人|举报人|反映人|申请人|当事人|负责人|经办人)[是为]?[: ]{0,2})" + PlainSurname + Han + "{1,2}?(?:" + After + "|(?=反映|来电|投诉|举报|称|表示|电话|手机|身份证|家住))",
        Exact,
        Timeout)]
    public static partial Regex ChineseInRole();

    /// <summary>English: after a title or the words that give a name. After a house number, Dr is a street.</summary>
    [GeneratedRegex(
        @"(?<=\b(?i:my name is|my name's|i am called) )\p{L}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]+)?"
        + @"|(?<=\b(?:Mr|Mrs|Ms|Miss|Prof|Professor|Doctor)\.? |(?<![0-9][\p{L} ]{0,30})\bDr\.? )\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)?"
        + @"|(?<=\b(?:I am|I'm) )\p{Lu}[\p{Ll}'-]+ \p{Lu}[\p{L}'-]+"
        + @"|(?<=\b(?i:contact|contact person|name) ?: ?)\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)?",
        Exact,
        Timeout)]
    public static partial Regex English();
}
