using System.Text.RegularExpressions;

namespace CityBrain.Language;

/// <summary>Turns of phrase of official replies, Chinese and English.</summary>
internal static partial class ReplyPatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking;

    /// <summary>A reason or a rule.</summary>
    public static Regex Reason { get; } = new(
        @"因为|因此|由于|原因|所以|根据|依据|按照|依照|规定|条例|办法|政策|文件|标准|符合|属于|不属|鉴于|because|due to|since|therefore|according to|under the|regulation|ordinance|policy|reason|as a result", Options);

    /// <summary>What was done or found.</summary>
    public static Regex Done { get; } = new(
        @"经(查|核|调查|了解|现场|实地|与)|已经|已(完成|于|对|责令|要求|安排|组织|修|整改|处理|解决|联系|向|将|开)|现场|实地|调查|核实|整改|责令|巡查|执法|维修|施工|inspect|repaired|replaced|fixed|removed|cleaned|installed|completed|visited|investigat|issued|resolved|found|contacted|checked|cleared|collected|emptied|picked up|taken away|took away|towed|swept|patched|filled|restored|reopened|pumped|corrected|observed|determined|took action|summons", Options);

    /// <summary>A day, a time or an amount.</summary>
    public static Regex Time { get; } = new(
        @"\d{1,4}\s*年|\d{1,2}\s*月\s*(\d{1,2}\s*日|底|初|份)|上午|下午|今年|明年|目前|近期|\d{1,2}:\d{2}|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\d(st|nd|rd|th)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|this (morning|afternoon|evening)|tonight|tomorrow|\d+\s*(元|万|米|平方|公里|%|％|户|人)", Options);

    /// <summary>A promise with a day.</summary>
    public static Regex Promise { get; } = new(
        @"(预计|计划|将于|力争|争取|拟于|预期)[^。；;]{0,20}(\d|年|月|底|前)|(\d|底|月|日)前(完成|完工|解决|整改|到位|竣工)|(will|to be|expected|scheduled|planned)[^.;]{0,60}\b(by|before|on|within|until)\b", Options);

    /// <summary>Points one by one.</summary>
    public static Regex Points { get; } = new(@"[一二三四五][、．.]|[（(][一二三四五1-5][）)]|(^|[^\d])[1-5][、．.][^\d]|第[一二三]|其[一二]|\b(first|second|finally|secondly)\b", Options);

    /// <summary>Passing the message on.</summary>
    public static Regex PassesOn { get; } = new(
        @"已?(转交|转至|转给|批转|交办|转|交由|反馈至|移交)[^。，,；;]{0,20}(处理|办理|核实|调查|核处|处置|了解|研究|部门|单位|局)?|收悉|已阅|咨询|拨打|请与|请到|forwarded|passed (it )?on|referred to|received your", Options);

    /// <summary>Set phrases.</summary>
    public static Regex SetPhrases { get; } = new(
        @"您好|你好|网友|尊敬的|亲爱的|感谢|谢谢|支持|监督|关注|关心|理解|配合|祝|来信|留言|收悉|反映的?问题|现将|有关情况|现回复如下|答复如下|回复如下|特此|如有疑问|欢迎|此致|敬礼|高度重视|dear|thank you|thanks|for your|message|we take|very seriously|regards|sincerely|please contact|valued", Options);

    /// <summary>Somebody addressed by name; the group 'name' is the name.</summary>
    [GeneratedRegex(@"(?:网友|网民|市民)?[\u201C""'](?<name>[^\u201D""'\u201C]{2,24})[\u201D""']|\b[Dd]ear (?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r)?\.? ?(?<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)", RegexOptions.CultureInvariant, 1000)]
    public static partial Regex Addressed();

    /// <summary>A place by its name or code: 'A3区', 'Main Street'.</summary>
    [GeneratedRegex(@"[A-Z]\d{0,2}(?=[区县市])|\b[A-Z][a-z]+(?= (?:Street|Road|Avenue|Lane|Square|Park|Bridge|Drive|Boulevard|District))|\b\d+(?:st|nd|rd|th)(?= (?:Street|Avenue))", RegexOptions.CultureInvariant, 1000)]
    public static partial Regex Place();

    /// <summary>Somewhere, whatever its name; a street light is no street, a website no station.</summary>
    [GeneratedRegex(
        @"[\u4e00-\u9fffA-Z0-9](?:区|县|镇|乡|街|村|巷|弄|桥|园|广场|路口|学校|医院|号楼|栋|(?<![线短电管思门出网套])路|(?<!网)站)|现场|实地|\b(?:street|road|avenue|lane|square|park|bridge|drive|boulevard|place|corner|block|building|apartment|house|school|station|site|scene|spot|location|premises|property|address|sidewalk|pole)\b(?! (?:light|lamp|sign|parking|school|term|holiday))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    public static partial Regex Somewhere();

    /// <summary>A full date.</summary>
    [GeneratedRegex(@"(?<year>20\d\d)\s*(?:年|-|/|\.)\s*(?<month>\d{1,2})\s*(?:月|-|/|\.)\s*(?<day>\d{1,2})", RegexOptions.CultureInvariant, 1000)]
    public static partial Regex FullDate();
}
