using CityBrain.Language;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Language;

/// <summary>Texts of our own making, in two scripts, whose label shows in one of their words.</summary>
internal static class TownTexts
{
    private static readonly (string Label, string[] Words)[] Kinds =
    [
        ("light", ["路灯不亮", "street lamp", "灯坏了", "dark crossing"]),
        ("noise", ["施工噪音", "loud music", "夜间噪声扰民", "drilling at night"]),
        ("water", ["自来水停水", "water pipe", "水管漏水", "burst main"]),
    ];

    private static readonly string[] Fillers = ["您好", "please help", "第3天了", "in our street", "请尽快处理", "since Monday", "谢谢", "nobody came", "小区门口", "at number 12"];

    /// <summary>A labelled text.</summary>
    public static Gen<LabelledText> One { get; } =
        from kind in Gen.Elements(Kinds)
        from word in Gen.Elements(kind.Words)
        from before in Gen.SubListOf(Fillers)
        from after in Gen.SubListOf(Fillers)
        from titled in Gen.Elements(true, false)
        select titled
            ? new LabelledText(word, string.Join("，", before.Concat(after)), kind.Label)
            : new LabelledText("", string.Join("，", before.Append(word).Concat(after)), kind.Label);

    /// <summary>The same texts in every run.</summary>
    public static IReadOnlyList<LabelledText> Many(int count)
    {
        var fillers = (int at) => Fillers.Where((_, i) => ((at * 7) + (i * 3)) % 5 < 2);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (label, words) = Kinds[i % Kinds.Length];
            return new LabelledText("", string.Join("，", fillers(i).Append(words[i / Kinds.Length % words.Length]).Concat(fillers(i + 1))), label);
        })];
    }
}
