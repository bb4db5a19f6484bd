using CityBrain.EarlyWarning.Topics;
using FsCheck.Fluent;

namespace CityBrain.Tests.EarlyWarning;

public sealed class TopicStreamTests
{
    private static readonly string[] Troubles =
    [
        "street light {0} broken lamp dark pole", "rubbish bin {0} overflowing smell collection", "water main {0} burst leak pressure", "noise {0} construction night drilling", "噪音扰民 夜间施工 {0}", "小区停水 自来水 {0}",
    ];

    [Fact]
    public void Add_SixTroublesMixedUp_AreSixTopics()
    {
        var topics = new TopicStream(new TopicSettings());
        var labels = Texts(600).Select(text => (text.Trouble, Topic: topics.Add(text.Words))).ToList();
        var final = labels.Select(label => (label.Trouble, Topic: topics.Current(label.Topic))).ToList();
        Assert.Equal(Troubles.Length, final.Select(label => label.Topic).Distinct().Count());
        Assert.All(final.GroupBy(label => label.Trouble), ofTrouble => Assert.Single(ofTrouble.Select(label => label.Topic).Distinct()));
    }

    [Fact]
    public void Add_TheSameStream_GivesTheSameTopics()
    {
        var texts = Texts(500).Select(text => text.Words).ToList();
        Assert.Equal(LabelsOf(texts), LabelsOf(texts));
    }

    [Fact]
    public void Merge_TwoTopicsThatBecomeOne_KeepOneIdAndLeadTheOtherToIt()
    {
        var topics = new TopicStream(new TopicSettings { SweepEvery = 20 });
        var first = topics.Add("lamp pole broken");
        var second = topics.Add("dark crossing unsafe");
        Assert.NotEqual(first, second);
        for (var i = 2; i < 40; i++)
        {
            topics.Add(i % 2 == 0 ? "lamp pole dark crossing" : "broken lamp unsafe crossing dark pole");
        }

        Assert.Equal(topics.Current(first), topics.Current(second));
        Assert.Contains(topics.Current(first), new[] { first, second });
    }

    [Fact]
    public void Retire_TopicThatManyTextsPassedBy_TakesNoFurtherOne()
    {
        var topics = new TopicStream(new TopicSettings { IdleTexts = 100, SweepEvery = 10 });
        var old = topics.Add("lamp pole broken");
        for (var i = 0; i < 200; i++)
        {
            topics.Add($"other{i} words{i}");
        }

        Assert.NotEqual(old, topics.Add("lamp pole broken"));
        Assert.InRange(topics.Active, 1, 120);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ... ")]
    public void Add_TextWithoutWords_IsATopicOfItsOwn(string text)
    {
        var topics = new TopicStream(new TopicSettings());
        Assert.NotEqual(topics.Add(text), topics.Add(text));
    }

    [Fact]
    public void Add_AnyTexts_GivesIdsThatLeadToIdsWithoutACircle()
    {
        var streams = from words in Gen.Elements("a1", "b2", "c3", "d4", "灯", "水管").ListOf(4).ListOf(200) select words.Select(some => string.Join(' ', some)).ToList();
        Laws.Holds(streams, texts =>
        {
            var topics = new TopicStream(new TopicSettings { SweepEvery = 7, IdleTexts = 30 });
            var labels = texts.Select(topics.Add).ToList();
            Assert.All(labels, label => Assert.Equal(topics.Current(label), topics.Current(topics.Current(label))));
            Assert.All(labels, label => Assert.InRange(topics.Current(label), 0, topics.Begun - 1));
            Assert.InRange(topics.Active, 0, topics.Begun);
        });
    }

    [Fact]
    public void Add_WordsThatNobodyUsesAnyMore_AreForgotten()
    {
        var topics = new TopicStream(new TopicSettings());
        for (var i = 0; i < 200_000; i++)
        {
            topics.Add($"word{i} other{i}");
        }

        Assert.InRange(topics.Words, 1, 150_000);
    }

    private static List<int> LabelsOf(List<string> texts)
    {
        var topics = new TopicStream(new TopicSettings());
        return [.. texts.Select(topics.Add).ToList().Select(topics.Current)];
    }

    private static IEnumerable<(int Trouble, string Words)> Texts(int count) => Enumerable.Range(0, count).Select(i => (Trouble: i * 7 % Troubles.Length, Number: i))
        .Select(text => (text.Trouble, string.Format(System.Globalization.CultureInfo.InvariantCulture, Troubles[text.Trouble], $"n{text.Number}")));
}
