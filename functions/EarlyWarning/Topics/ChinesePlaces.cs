using System.Buffers;

namespace CityBrain.EarlyWarning.Topics;

/// <summary>Finds names of places in Chinese text by how they end, and the masked ones of published messages (A市, B2区, A7县). Pure.</summary>
internal static class ChinesePlaces
{
    private const int LongestName = 6;
    private const int LeastName = 2;

    /// <summary>What names end in; the longer ones first.</summary>
    private static readonly string[] Endings =
    [
        "小区", "社区", "街道", "大道", "花园", "花苑", "家园", "佳园", "嘉园", "公寓", "新城", "新村", "广场", "大厦", "公园", "学院", "大学", "中学", "小学", "医院", "城", "苑", "路", "街", "巷", "村", "镇", "乡", "区", "县", "市",
    ];

    /// <summary>Words that end like a name and are none.</summary>
    private static readonly HashSet<string> NoNames = new(StringComparer.Ordinal)
    {
        "道路", "马路", "公路", "铁路", "线路", "电路", "高路", "小路", "大路", "半路", "走路", "修路", "问路", "堵路", "一路", "沿路", "网路", "短路", "管路", "思路", "出路", "城市", "超市", "上市", "门市", "楼市", "股市", "小区", "地区", "社区", "园区", "城区", "片区",
        "校区", "辖区", "老区", "市区", "郊区", "民区", "务区", "商区", "学区", "景区", "矿区", "山区", "农村", "乡村", "本村", "全村", "我村", "进城", "商城", "老城", "全城", "入城", "大街", "上街", "逛街", "步行街", "县城", "区县", "乡镇", "城镇", "城乡", "下乡", "家乡", "本市", "我市", "全市", "本区", "我区", "全区", "省市", "新区",
    };

    /// <summary>Words after which a name begins, not within it.</summary>
    private static readonly string[] Openers =
    [
        "投诉", "反映", "反应", "咨询", "关于", "举报", "建议", "希望", "要求", "请求", "反对", "坚决", "强烈", "附近", "旁边", "位于", "解决", "质疑", "无视", "居民", "业主", "项目", "领导", "拯救", "就在", "座落", "坐落", "地处", "请问", "尽快", "加快", "违法", "违规", "强制", "街道", "大道", "一个", "整个", "多个",
    ];

    private const string BoundaryCharacters = "的在于对与和及是从到向往请把被将让我你他们了有该这那为给由至等住就都也前后内里外旁边市区县镇乡省某各本此";

    private static readonly SearchValues<char> Boundaries = SearchValues.Create(BoundaryCharacters);
    private static readonly SearchValues<char> LastCharacters = SearchValues.Create([.. Endings.Select(ending => ending[^1]).Distinct()]);

    /// <summary>Adds the names of a text.</summary>
    public static void Find(string text, List<TopicCut> cuts)
    {
        var free = 0;
        for (var at = 0; at < text.Length;)
        {
            var next = text.AsSpan(at).IndexOfAny(LastCharacters);
            if (next < 0)
            {
                return;
            }

            var last = at + next;
            at = last + 1;
            if (MaskedStart(text, last, free) is >= 0 and var masked)
            {
                cuts.Add(new(masked, last + 1, true));
                free = last + 1;
            }
            else if (EndingAt(text, last, free) is { } ending)
            {
                var end = last + 1;
                var start = NameStart(text, end - ending.Length, free);
                var isLonger = start == end - ending.Length && cuts.Count > 0 && cuts[^1].End == start;
                if (isLonger || (end - ending.Length - start >= LeastName && !EndsInNoName(text, start, end)))
                {
                    cuts.Add(new(start, end, true));
                    free = end;
                }
            }
        }
    }

    /// <summary>Where a letter and digits stand directly before the last character; −1 when they do not.</summary>
    private static int MaskedStart(string text, int last, int free)
    {
        var at = last - 1;
        while (at >= free && char.IsAsciiDigit(text[at]))
        {
            at--;
        }

        return at >= free && char.IsAsciiLetterUpper(text[at]) && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) ? at : -1;
    }

    private static string? EndingAt(string text, int last, int free) =>
        Array.Find(Endings, ending => last + 1 - ending.Length >= free && text.AsSpan(last + 1 - ending.Length, ending.Length).SequenceEqual(ending));

    private static int NameStart(string text, int end, int free)
    {
        var start = end;
        while (start > free && end - start < LongestName && TopicTerms.IsHan(text[start - 1]) && !Boundaries.Contains(text[start - 1]) && !EndsInOpener(text.AsSpan(free, start - free)))
        {
            start--;
        }

        return start;
    }

    private static bool EndsInOpener(ReadOnlySpan<char> text)
    {
        foreach (var opener in Openers)
        {
            if (text.EndsWith(opener, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsInNoName(string text, int start, int end)
    {
        var isNone = NoNames.GetAlternateLookup<ReadOnlySpan<char>>();
        return isNone.Contains(text.AsSpan(end - 2, 2)) && !Array.Exists(Endings, ending => ending.Length == 2 && text.AsSpan(start, end - start).EndsWith(ending, StringComparison.Ordinal));
    }
}
