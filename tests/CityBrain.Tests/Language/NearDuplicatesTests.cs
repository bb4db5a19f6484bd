using System.Globalization;
using CityBrain.Language;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Language;

public sealed class NearDuplicatesTests
{
    private static readonly Gen<string> Text = Gen.Elements("路灯", "坏了", "a", "b", "c", " ", "水", "1").ListOf().Select(string.Concat);

    /// <summary>Texts, and copies of some with a few characters changed, so that many pairs lie near the threshold.</summary>
    private static readonly Gen<string[]> Texts =
        from texts in Text.NonEmptyListOf()
        from changed in (from text in Gen.Elements(texts.AsEnumerable()) from at in Gen.Choose(0, 60) from c in Gen.Elements('x', '灯') select text.Insert(Math.Min(at, text.Length), c.ToString())).ListOf()
        select texts.Concat(changed).ToArray();

    [Fact]
    public void Join_AnyTexts_IsTheExactJoin() => Laws.Holds(from texts in Texts from threshold in Gen.Elements(0.3, 0.5, 0.8, 0.95, 1) select (texts, threshold), t =>
        Assert.Equal(NearDuplicates.CompareAll(t.texts, t.threshold), NearDuplicates.Join(t.texts, t.threshold)));

    [Fact]
    public void CompareAll_AnyTexts_IsTheTextbookJaccard() => Laws.Holds(from a in Text from b in Text select (a, b), t =>
    {
        var (a, b) = (Grams(t.a), Grams(t.b));
        var union = a.Union(b).Count();
        var jaccard = union == 0 ? 0 : (double)a.Intersect(b).Count() / union;
        Assert.Equal(jaccard >= 0.5 ? [new NearDuplicate(0, 1, jaccard)] : [], NearDuplicates.CompareAll([t.a, t.b], 0.5));
    });

    [Fact]
    public void Join_WhiteSpace_MakesNoDifference() => Assert.Equal([new NearDuplicate(0, 1, 1)], NearDuplicates.Join(["the lamp is out", " thelamp\tis\u3000out\n"]));

    [Fact]
    public void Join_PairAtTheThreshold_IsFound() =>
        Assert.Equal([new NearDuplicate(0, 1, 0.8)], NearDuplicates.Join(["abcdef", "abcdefg"]));

    [Fact]
    public void Join_EmptyTexts_AreNoPair() => Assert.Empty(NearDuplicates.Join(["", " ", ""]));

    [Fact]
    public void Groups_ConnectedTexts_ShareANumber() =>
        Assert.Equal([0, 1, 0, 2, 0], NearDuplicates.Groups(5, [new NearDuplicate(0, 2, 1), new NearDuplicate(2, 4, 0.9)]));

    [Fact]
    public void Add_AnyTexts_FindsWhatTheJoinFinds() => Laws.Holds(Texts, texts =>
    {
        var index = new NearDuplicateIndex(1000);
        var found = texts.SelectMany((text, b) => index.Add(b.ToString(CultureInfo.InvariantCulture), text).Select(other => new NearDuplicate(int.Parse(other.Id, CultureInfo.InvariantCulture), b, other.Similarity)));
        Assert.Equal(NearDuplicates.CompareAll(texts).ToHashSet(), found.ToHashSet());
    });

    [Fact]
    public void Add_MoreThanTheCapacity_ForgetsTheOldest()
    {
        var index = new NearDuplicateIndex(4);
        for (var i = 0; i < 10; i++)
        {
            index.Add($"{i}", $"text number {(char)('a' + i)}{(char)('k' + i)}");
            Assert.InRange(index.Count, 1, 4);
        }

        Assert.Empty(index.Similar("text number ak"));
        Assert.Equal("9", Assert.Single(index.Similar("text number jt")).Id);
        Assert.Equal("8", Assert.Single(index.Similar("text number is")).Id);
    }

    [Fact]
    public void Add_SameIdAgain_IsRememberedOnce()
    {
        var index = new NearDuplicateIndex(10);
        Assert.Empty(index.Add("1", "the lamp is out"));
        Assert.Empty(index.Add("1", "the lamp is out"));
        Assert.Equal(1, index.Count);
        Assert.Equal([new SimilarText("1", 1)], index.Add("2", "the lamp is out"));
    }

    private static HashSet<string> Grams(string text)
    {
        var packed = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        return packed.Length is > 0 and < 3 ? [packed] : [.. Enumerable.Range(0, Math.Max(0, packed.Length - 2)).Select(i => packed.Substring(i, 3))];
    }
}
