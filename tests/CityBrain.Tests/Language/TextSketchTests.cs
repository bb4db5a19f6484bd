using CityBrain.Language;
using FsCheck.Fluent;

namespace CityBrain.Tests.Language;

public sealed class TextSketchTests
{
    [Fact]
    public void Similarity_KnownTexts_IsTheShareOfCommonGrams() =>
        Assert.Equal(3 / 5.0, TextSketch.Similarity("abcdef", "bcdefg"));

    [Theory]
    [InlineData("ab", "ab", 0)]
    [InlineData("", "abc", 0)]
    [InlineData("A bc.D", "abcd", 1)]
    public void Similarity_ShortOrDifferentlyWritten_IsAsStated(string one, string other, double similarity) =>
        Assert.Equal(similarity, TextSketch.Similarity(one, other));

    [Fact]
    public void Similarity_AnyTexts_IsSymmetricAndOneForItself() =>
        Laws.Holds(Gen.Two(Gen.ListOf(Gen.Elements("abcd垃圾 ".ToCharArray())).Select(chars => string.Concat(chars))), pair =>
        {
            var (one, other) = pair;
            Assert.Equal(TextSketch.Similarity(one, other), TextSketch.Similarity(other, one));
            Assert.Contains(TextSketch.Similarity(one, one), new[] { 0.0, 1.0 });
        });

    [Fact]
    public void BandsOf_NearDuplicates_ShareABandAsOftenAsTheMathSays()
    {
        var random = new Random(1);
        var shared = 0;
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 120).Select(_ => (char)('a' + random.Next(26))));
            var other = text[..40] + (char)('a' + random.Next(26)) + text[41..];
            Assert.InRange(TextSketch.Similarity(text, other), 0.8, 1);
            shared += TextSketch.BandsOf(text).Intersect(TextSketch.BandsOf(other)).Any() ? 1 : 0;
        }

        Assert.InRange(shared, 264, 300);
    }

    [Fact]
    public void BandsOf_StrangersOrShortTexts_ShareNone()
    {
        Assert.Empty(TextSketch.BandsOf("ab"));
        Assert.Empty(TextSketch.BandsOf("the lamp in our street is out").Intersect(TextSketch.BandsOf("rubbish was not collected on friday")));
    }
}
