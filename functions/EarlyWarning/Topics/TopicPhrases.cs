namespace CityBrain.EarlyWarning.Topics;

/// <summary>
/// Finds the phrases that some texts have in common, by statistics alone: how many texts hold a phrase, beyond those that hold it within a longer one
/// (C-value: Frantzi et al. 2000), how freely it stands among its neighbours (branching entropy), and how rare its words are elsewhere. Pure.
/// </summary>
public static class TopicPhrases
{
    /// <summary>Most phrases that are found.</summary>
    public const int Most = 5;

    private const int FewestTexts = 3;
    private const int LongestHan = 6;
    private const int LongestWords = 3;
    private const int LongestPlace = 12;
    private const double LeastShare = 0.2;
    private const double PlaceShare = 0.5;
    private const double LeastFreedom = 0.3;
    private const double LeastPlaceRarity = 0.5;

    /// <summary>Words with which a phrase neither begins nor ends: they say how people write, not about what.</summary>
    private static readonly string[] EmptyHan =
    [
        "投诉", "咨询", "反映", "反应", "关于", "问题", "建议", "请求", "希望", "附近", "小区", "社区", "举报", "居民", "请问", "如何", "何时", "什么", "为何", "是否", "情况", "有关", "相关", "部门", "领导", "政府", "能否", "可以", "我们", "他们", "要求", "对于", "怎么", "进行", "一直", "已经", "这个", "没有", "区的", "旁边", "存在",
        "的", "了", "吗", "呢", "吧", "和", "与", "在", "是", "被", "把", "对", "将", "等", "及", "就", "又", "也", "还", "请", "何", "从", "到", "给", "向", "我", "你", "他", "它", "这", "那", "该", "为", "以", "之", "来", "有", "无", "时", "中", "上", "下", "市", "区", "县", "于", "各", "某", "都", "要", "能", "会", "可", "让", "由", "再", "很", "太", "个", "谁", "且", "并", "或", "而", "所", "其",
    ];

    private static readonly HashSet<string> EmptyHanSet = new(EmptyHan, StringComparer.Ordinal);

    private static readonly HashSet<string> EmptyWords = new(StringComparer.Ordinal)
    {
        "the", "a", "an", "of", "to", "in", "on", "at", "for", "and", "or", "is", "are", "was", "were", "be", "been", "has", "have", "had", "my", "our", "we", "i", "it", "its", "this", "that", "these", "there", "with", "from", "by", "not", "no", "near", "please", "as", "but", "so", "he", "she", "they", "their", "his", "her", "you", "your",
        "me", "us", "do", "does", "did", "can", "cannot", "will", "would", "should", "when", "what", "who", "why", "how", "all", "any", "very", "again", "since", "after", "before", "into", "out", "up", "about", "over", "still", "now", "just", "than", "then", "too", "here", "get", "got",
    };

    /// <summary>The phrases of texts, the best first.</summary>
    /// <param name="texts">Texts on one topic.</param>
    /// <param name="places">Finds the places, which are no part of a phrase.</param>
    /// <param name="rarityOf">How rare a phrase's words are elsewhere; above 0.</param>
    internal static List<string> Of(IReadOnlyList<string> texts, TopicPlaces places, Func<TopicGram, double> rarityOf)
    {
        var grams = Count(texts, places, isPlace: false);

        // Of one or two texts that many people copied, nothing but the rarity of the words tells which phrase says most.
        var isCopied = texts.Count < FewestTexts;
        var least = isCopied ? 1 : Math.Max(2, LeastShare * texts.Count);
        var found = grams.All.Where(gram => gram.Texts.Count >= least && (gram.IsHan ? gram.Length > 1 : gram.Text.Length > 2) && (isCopied || gram.Freedom >= LeastFreedom) && !IsEmpty(gram)).ToList();
        var scored = found
            .Select(gram => (gram.Text, gram.IsHan, Score: Math.Log2(1 + gram.Length) * OwnTexts(gram, found) * Math.Pow(rarityOf(gram), 2)))
            .Where(gram => gram.Score > 0)
            .OrderByDescending(gram => gram.Score).ThenBy(gram => gram.Text, StringComparer.Ordinal);
        var chosen = new List<string>();
        foreach (var gram in scored)
        {
            if (chosen.Count < Most && !chosen.Exists(other => Overlap(other, gram.Text, gram.IsHan)))
            {
                chosen.Add(gram.Text);
            }
        }

        return chosen;
    }

    /// <summary>The place that at least half of the texts name, as long as they name it alike; null when there is none.</summary>
    /// <param name="texts">Texts on one topic.</param>
    /// <param name="places">Finds the places.</param>
    /// <param name="rarityOf">How rare a name is elsewhere; 0 for one that everybody names.</param>
    internal static string? PlaceOf(IReadOnlyList<string> texts, TopicPlaces places, Func<TopicGram, double> rarityOf)
    {
        var grams = Count(texts, places, isPlace: true);
        return grams.All.Where(gram => gram.Texts.Count >= PlaceShare * texts.Count && gram.Text.Length > 1 && gram.Freedom > 0 && rarityOf(gram) >= LeastPlaceRarity)
            .OrderByDescending(gram => gram.Text.Length * gram.Texts.Count).ThenBy(gram => gram.Text, StringComparer.Ordinal).FirstOrDefault()?.Text;
    }

    private static TopicGrams Count(IReadOnlyList<string> texts, TopicPlaces places, bool isPlace)
    {
        var grams = new TopicGrams(isPlace ? LongestPlace : LongestHan, isPlace ? LongestPlace : LongestWords, word => EmptyWords.Contains(word) || EmptyHanSet.Contains(word));
        var cuts = new List<TopicCut>();
        for (var number = 0; number < texts.Count; number++)
        {
            var (text, from) = (texts[number], 0);
            places.Find(text, cuts);
            foreach (var cut in cuts)
            {
                if (isPlace && cut.IsPlace)
                {
                    grams.Count(text.AsSpan(cut.Start, cut.End - cut.Start), number, isMixed: true);
                }
                else if (!isPlace)
                {
                    grams.Count(text.AsSpan(from, cut.Start - from), number, isMixed: false);
                }

                from = cut.End;
            }

            if (!isPlace)
            {
                grams.Count(text.AsSpan(from), number, isMixed: false);
            }
        }

        return grams;
    }

    /// <summary>Texts that hold it, less those that on average hold a longer one around it.</summary>
    private static double OwnTexts(TopicGram gram, List<TopicGram> found)
    {
        var longer = found.FindAll(other => other.Length > gram.Length && other.Text.Contains(gram.Text, StringComparison.Ordinal));
        return gram.Texts.Count - (longer.Count == 0 ? 0 : longer.Average(other => other.Texts.Count));
    }

    private static bool IsEmpty(TopicGram gram) => gram.IsHan
        ? Array.Exists(EmptyHan, empty => gram.Text.StartsWith(empty, StringComparison.Ordinal) || gram.Text.EndsWith(empty, StringComparison.Ordinal))
        : EmptyWords.Contains(gram.Text.Split(' ')[0]) || EmptyWords.Contains(gram.Text.Split(' ')[^1]) || gram.Text.All(c => char.IsDigit(c) || c == ' ');

    /// <summary>True when two phrases share a pair of characters, or a word.</summary>
    private static bool Overlap(string a, string b, bool isHan) => isHan
        ? Enumerable.Range(0, b.Length - 1).Any(at => a.Contains(b.Substring(at, 2), StringComparison.Ordinal))
        : a.Split(' ').Intersect(b.Split(' '), StringComparer.Ordinal).Any();
}
