using CityBrain.EarlyWarning.Topics;
using FsCheck.Fluent;

namespace CityBrain.Tests.EarlyWarning;

public sealed class TopicTermsTests
{
    [Theory]
    [InlineData("Street light out, again!", "street light out again")]
    [InlineData("路灯不亮", "路灯 灯不 不亮")]
    [InlineData("A7县路灯 out", "a7 县路 路灯 out")]
    [InlineData("灯", "灯")]
    [InlineData("灯 坏", "灯 坏")]
    [InlineData("灯a坏b", "灯 坏")]
    [InlineData(" .,; ", "")]
    public void Each_Text_GivesWordsAndPairsOfHan(string text, string terms) => Assert.Equal(terms, string.Join(' ', TermsOf(text)));

    [Fact]
    public void Each_VeryLongWord_IsCutAndNeverThrows() => Assert.Equal(32, Assert.Single(TermsOf(new string('x', 10_000))).Length);

    [Fact]
    public void Each_AnyText_GivesShortTermsInLowerCaseThatStandInIt() =>
        Laws.Holds(ArbMap.Default.GeneratorFor<string?>(), text => Assert.All(TermsOf(text ?? ""), term =>
        {
            Assert.InRange(term.Length, 1, 32);
            Assert.All(term, character => Assert.True(char.IsLetterOrDigit(character) && char.ToLowerInvariant(character) == character));
            Assert.Contains(term, string.Concat((text ?? "").Select(char.ToLowerInvariant)), StringComparison.Ordinal);
        }));

    private static List<string> TermsOf(string text)
    {
        var terms = new List<string>();
        TopicTerms.Each(text, terms, static (term, list) => list.Add(term.ToString()));
        return terms;
    }
}
