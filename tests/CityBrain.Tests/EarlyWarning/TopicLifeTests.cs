using CityBrain.EarlyWarning.Topics;

namespace CityBrain.Tests.EarlyWarning;

public sealed class TopicLifeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8));

    private readonly TopicStream _topics = new(new TopicSettings(), null, TopicStreamState.Empty);
    private TopicStreamState _state = TopicStreamState.Empty;
    private int _key;

    [Theory]
    [InlineData(20, true)]
    [InlineData(23, false)]
    public void Retire_TopicWithTimes_IsJoinedUntilItsLifeIsOver(int days, bool isSame)
    {
        var old = Add("lamp pole broken dark", 0);
        Add("rubbish bin overflowing", days);
        Assert.Equal(isSame, old.Topic == Add("lamp pole broken dark corner", days).Topic);
    }

    [Fact]
    public void Retire_TopicWithTimes_DoesNotCareHowManyTextsPassedBy()
    {
        var old = Add("lamp pole broken dark", 0);
        for (var i = 0; i < 1500; i++)
        {
            Add($"other{i} words{i}", 1);
        }

        Assert.Equal(old.Topic, Add("lamp pole broken dark corner", 2).Topic);
    }

    [Fact]
    public void Trace_TopicThatComesBack_KnowsTheEarlierOne()
    {
        var old = Series("lamp pole broken dark corner", 0, 4);
        var other = Series("rubbish bin overflowing smell yard", 40, 4);
        var again = Series("broken lamp dark pole corner", 41, 4);
        Add("the next day", 42);
        Assert.NotEqual(old, again);
        Assert.Equal(old, Record(again).RecurrenceOf);
        Assert.Null(Record(other).RecurrenceOf);
        Assert.Equal(TopicState.Retired, Record(old).State);
    }

    [Fact]
    public void Add_CaseThatIsDeliveredAgain_ChangesNothing()
    {
        var text = new TopicText("lamp pole broken", "case-1", Time: Start, Reporter: "a");
        var first = _topics.Add(text);
        Record(first.Topic);
        Assert.Equal(first, _topics.Add(text));
        Assert.Empty(_topics.TakeChanges().Topics);
    }

    [Fact]
    public void Add_SameReporterAgain_IsAMemberAndDoesNotCount()
    {
        var first = Add("lamp pole broken dark", 0, "a");
        var again = Add("broken lamp pole still dark tonight", 1, "a");
        Assert.Equal((first.Topic, true), (again.Topic, again.IsCopy));
        var record = Record(first.Topic);
        Assert.Equal((2, 1, 1), (record.Members, record.Texts, record.Reporters));
    }

    [Fact]
    public void Add_PetitionOfManyReporters_CountsEachReporterAndOneText()
    {
        var topic = 0;
        for (var i = 0; i < 12; i++)
        {
            var member = Add("Please repair the broken lamp pole at the dark crossing, it is unsafe for our children", 0, $"r{i}", "a1");
            Assert.Equal(i > 0, member.IsCopy);
            topic = member.Topic;
        }

        var record = Record(topic);
        Assert.Equal((12, 1, 12), (record.Members, record.Texts, record.Reporters));
        Assert.Equal(12, record.Areas["a1"]);
        Assert.Equal(new TopicDay(new DateOnly(2026, 3, 1), 1, 12), Assert.Single(record.Days));
    }

    [Fact]
    public void Add_CopyWithoutAReporter_IsNobodyNew()
    {
        var first = _topics.Add(new TopicText("lamp pole broken dark", "k1", Time: Start));
        Assert.True(_topics.Add(new TopicText("lamp pole broken dark", "k2", Time: Start)).IsCopy);
        Assert.Equal(1, Record(first.Topic).Reporters);
    }

    [Fact]
    public void Days_TextAtTheOffsetOfTheCity_IsOfTheLocalDay()
    {
        var member = _topics.Add(new TopicText("lamp pole broken", "k", Time: new DateTimeOffset(2026, 3, 2, 0, 30, 0, TimeSpan.FromHours(8))));
        Assert.Equal(new DateOnly(2026, 3, 2), Assert.Single(Record(member.Topic).Days).Day);
    }

    [Fact]
    public void Trend_MoreReportersThanInTheWeeksBefore_Grows()
    {
        for (var i = 0; i < 4; i++)
        {
            Add($"lamp pole broken dark before{i}", i * 7, $"early{i}");
        }

        var topic = 0;
        for (var i = 0; i < 6; i++)
        {
            topic = Add($"lamp pole broken dark now{i}", 28 + i, $"late{i}").Topic;
        }

        var trend = TopicTrend.Of(Record(topic), new DateOnly(2026, 3, 1).AddDays(33));
        Assert.Equal((6, 1.0), (trend.LastWeek, trend.WeekBefore));
        Assert.Equal(3.5, trend.Growth);
        var exact = Enumerable.Range(0, 6).Sum(ago => Math.Pow(2, -ago / 7.0)) + new[] { 12, 19, 26, 33 }.Sum(ago => Math.Pow(2, -ago / 7.0));
        Assert.Equal(exact, trend.RecentReporters, 9);
    }

    [Fact]
    public void HotIndex_ShowsItsPartsAndTheirSum()
    {
        var index = HotIndex.Of(new HotIndexWeights { Reach = 1, Burst = 0.5, Support = 2, Severity = 3 }, Math.E - 1, 14, 3, 5, 0.2);
        Assert.Equal((1.0, 10.0, Math.Log(2), 0.2), (index.Reach, index.Burst, index.Support, index.Severity));
        Assert.Equal(1 + 5 + (2 * Math.Log(2)) + 0.6, index.Value, 9);
        Assert.Equal(0, HotIndex.Of(new HotIndexWeights(), 0, -1, 0, 0, 0).Value);
    }

    private int Series(string words, int day, int count)
    {
        var topic = 0;
        for (var i = 0; i < count; i++)
        {
            topic = Add(string.Join(' ', words.Split(' ').Select((_, at) => words.Split(' ')[(at * (i + 1)) % 5])), day).Topic;
        }

        return topic;
    }

    private TopicMember Add(string text, int day, string? reporter = null, string? area = null) => _topics.Add(new TopicText(text, $"k{_key++}", Time: Start.AddDays(day), Area: area, Reporter: reporter));

    private TopicRecord Record(int topic)
    {
        _state = _state.With(_topics.TakeChanges());
        return _state.Topics[topic];
    }
}
