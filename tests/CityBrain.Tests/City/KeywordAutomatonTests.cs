using CityBrain.City;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.City;

public sealed class KeywordAutomatonTests
{
    [Theory]
    [InlineData("pothole", "A POTHOLE, deep", "pothole")]
    [InlineData("pothole", "two potholes", "")]
    [InlineData("pothole*", "two potholes", "pothole*")]
    [InlineData("oil", "soil", "")]
    [InlineData("heat hot water", "HEAT/HOT   WATER", "heat hot water")]
    [InlineData("路灯", "小区路灯不亮", "路灯")]
    [InlineData("路灯", "路　灯", "")]
    [InlineData("LED", "ＬＥＤ灯", "led")]
    [InlineData("12345", "请打12345热线", "12345")]
    [InlineData("12345", "123456", "")]
    [InlineData("noise|noise residential", "Noise - Residential", "noise residential")]
    [InlineData("noise|noise residential", "noise and Noise - Residential", "noise,noise residential")]
    [InlineData("停车|乱停车|停车场", "乱停车场", "乱停车,停车场")]
    [InlineData("c++", "c sharp", "c")]
    public void Find_Text_GivesTheOutermostWholeWords(string keywords, string text, string expected)
    {
        var automaton = new KeywordAutomaton(keywords.Split('|'));
        Assert.Equal(expected, string.Join(',', automaton.Find(text).Select(h => automaton.Keywords[h.Keyword])));
    }

    [Fact]
    public void Constructor_KeywordOfPunctuation_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new KeywordAutomaton(["-*-"]));

    [Fact]
    public void Constructor_KeywordWithAndWithoutStar_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new KeywordAutomaton(["leak", "leak*"]));

    [Fact]
    public void Find_ComparedWithSearchForEachKeyword_IsTheSame()
    {
        // A small alphabet, so that keywords overlap and nest.
        var word = from letters in Gen.NonEmptyListOf(Gen.Elements('a', 'b', '灯', '路')) select string.Concat(letters.Take(4));
        var text = from letters in Gen.ListOf(Gen.Elements('a', 'b', '灯', '路', ' ')) select string.Concat(letters);
        Prop.ForAll((from words in Gen.NonEmptyListOf(word) from t in text select (words, t)).ToArbitrary(), input =>
        {
            var automaton = new KeywordAutomaton(input.words);
            return automaton.Find(input.t).SequenceEqual(Slow(automaton, KeywordText.Normalise(input.t)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static IEnumerable<KeywordAutomaton.Hit> Slow(KeywordAutomaton automaton, string text)
    {
        var hits = (from k in Enumerable.Range(0, automaton.Keywords.Count)
                    from start in Enumerable.Range(0, text.Length)
                    let word = automaton.Keywords[k]
                    where string.CompareOrdinal(text, start, word, 0, word.Length) == 0
                    let end = start + word.Length
                    where (start == 0 || !char.IsAsciiLetter(text[start]) || !char.IsAsciiLetter(text[start - 1]))
                        && (end == text.Length || !char.IsAsciiLetter(text[end]) || !char.IsAsciiLetter(text[end - 1]))
                    select new KeywordAutomaton.Hit(k, start, end)).ToList();
        return hits.Where(h => !hits.Any(o => o != h && o.Start <= h.Start && o.End >= h.End)).OrderBy(h => h.Start);
    }
}
