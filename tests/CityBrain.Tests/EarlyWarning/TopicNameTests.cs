using CityBrain.EarlyWarning.Topics;

namespace CityBrain.Tests.EarlyWarning;

public sealed class TopicNameTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8));

    private readonly TopicStream _topics = new(new TopicSettings { SweepEvery = 1 }, null, TopicStreamState.Empty);
    private int _key;

    [Fact]
    public void Name_ChineseTopicOfOneEstate_IsPlaceAndWholePhrases()
    {
        var name = NameOf("投诉丽水新城附近的搅拌站噪音扰民", "丽水新城小区搅拌站粉尘污染严重", "丽水新城旁边搅拌站违法施工", "关于丽水新城搅拌站扰民的问题", "举报丽水新城搅拌站", "丽水新城居民被搅拌站粉尘害苦了");
        Assert.StartsWith("丽水新城", name.Place, StringComparison.Ordinal);
        Assert.Equal("搅拌站", name.Phrases[0]);
        Assert.StartsWith($"{name.Place} 搅拌站", name.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_EnglishTopic_IsItsPhrases()
    {
        var name = NameOf("The street light is out at the corner", "Our street light has been out for days", "A street light is broken and dark", "Please repair the street light", "street light flickers all night");
        Assert.Equal("street light", name.Phrases[0]);
        Assert.Null(name.Place);
    }

    [Fact]
    public void Name_TextsWithRedactedParts_NeverHoldsTheMarks()
    {
        var name = NameOf("street light out call [phone] [name]", "dark street light call [phone] [name]", "broken street light call [phone] [name]", "no street light call [phone] [name]");
        Assert.DoesNotContain(name.Phrases, phrase => phrase.Contains("phone", StringComparison.Ordinal) || phrase.Contains("name", StringComparison.Ordinal));
    }

    [Fact]
    public void Name_OneTextThatManyCopied_HasItsRarestPhrase()
    {
        foreach (var number in Enumerable.Range(0, 30))
        {
            _topics.Add(new TopicText($"noise of something else {number}", $"n{number}", null, Start));
        }

        foreach (var number in Enumerable.Range(0, 4))
        {
            _topics.Add(new TopicText("noise of the quarry blasting", $"c{number}", null, Start));
        }

        var name = Assert.Single(_topics.Topics(), topic => topic is { Members: 4 }).Name;
        Assert.Contains("quarry", name!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_StaysUntilTheTopicHasDoubled()
    {
        var first = NameOf("lamp pole broken", "broken lamp pole dark", "lamp pole dark corner");
        Assert.Same(first, NameOf("lamp pole leaning crossing"));
        var later = NameOf("lamp pole leaning crossing unsafe", "leaning lamp pole crossing");
        Assert.Equal(6, later.AtTexts);
    }

    private TopicName NameOf(params string[] texts)
    {
        foreach (var text in texts)
        {
            _topics.Add(new TopicText($"unrelated{_key} words{_key}", $"u{_key}", null, Start));
            _topics.Add(new TopicText(text, $"k{_key++}", null, Start));
        }

        return _topics.Topics().MaxBy(topic => topic.Texts)!.Name!;
    }
}
