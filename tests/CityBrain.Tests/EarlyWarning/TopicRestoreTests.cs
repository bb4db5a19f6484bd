using CityBrain.EarlyWarning.Topics;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.EarlyWarning;

public sealed class TopicRestoreTests
{
    private static readonly TopicSettings Lively = new() { SweepEvery = 9, Life = TimeSpan.FromDays(4), IdleTexts = 25 };
    private static readonly string[] Syllables = ["搅拌", "噪音", "扰民", "street", "light", "broken", "粉尘", "施工", "lamp", "dark", "夜间", "pole"];
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Restore_AfterAnyText_GoesOnAsIfItHadNeverStopped()
    {
        var streams = from texts in AnyText().ListOf(160) from stops in Gen.Choose(1, 159).ListOf(3) select (Texts: Ordered(texts), Stops: stops.ToHashSet());
        Laws.Holds(streams, stream =>
        {
            var (whole, wholeState) = Play(stream.Texts, []);
            var (parts, partsState) = Play(stream.Texts, stream.Stops);
            Assert.Equal(whole, parts);
            Assert.Equal(Canonical(wholeState), Canonical(partsState));
        }, times: 60);
    }

    [Fact]
    public void TakeChanges_OfALongStream_NamesOnlyTopicsThatChanged()
    {
        var topics = new TopicStream(Lively, null, TopicStreamState.Empty);
        for (var i = 0; i < 8; i++)
        {
            topics.Add(new TopicText($"alpha{i} beta{i}", $"k{i}", Time: Start));
        }

        Assert.Equal(8, topics.TakeChanges().Topics.Count);
        var member = topics.Add(new TopicText("alpha3 beta3 gamma", "again", Time: Start));
        Assert.Contains(topics.TakeChanges().Topics, topic => topic.Id == member.Topic && topic.Texts == 2);
        Assert.Empty(topics.TakeChanges().Topics);
    }

    [Fact]
    public void TakeChanges_OfAStreamWithoutAState_Throws() => Assert.Throws<InvalidOperationException>(() => new TopicStream(Lively).TakeChanges());

    [Fact]
    public void Restore_AfterCountsOfWordsWereHalved_GoesOnAsIfItHadNeverStopped()
    {
        var texts = Enumerable.Range(0, 36_000).Select(i => new TopicText($"word{i % 900} other{i} 路灯{(char)('一' + (i % 500))}", Time: Start.AddMinutes(i))).ToList();
        var (whole, wholeState) = Play(texts, []);
        var (parts, partsState) = Play(texts, [33_100, 35_000]);
        Assert.Equal(whole, parts);
        Assert.Equal(wholeState.Words.OrderBy(word => word.Key), partsState.Words.OrderBy(word => word.Key));
    }

    [Fact]
    public void Record_OfATopicOfTenThousandMembers_StaysBelow64KiB()
    {
        var topics = new TopicStream(new TopicSettings(), null, TopicStreamState.Empty);
        for (var i = 0; i < 10_000; i++)
        {
            var words = Enumerable.Range(0, 9).Select(at => $"{Syllables[((i * 7) + (at * at)) % 12]}{Syllables[(i + at) % 4]}").Append($"w{i / 4 % 3000}");
            topics.Add(new TopicText(string.Join(' ', words), $"k{i}", Time: Start.AddMinutes(i * 30), Area: $"area-{i % 900}", Reporter: $"r{i}"));
        }

        var record = topics.TakeChanges().Topics.MaxBy(topic => topic.Members)!;
        Assert.InRange(record.Members, 9_000, 10_000);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(CityJson.Write(record)), 1000, 64 * 1024);
        Assert.InRange(record.Reporters, 9_000, 10_000);
    }

    private static (List<TopicMember> Members, TopicStreamState State) Play(List<TopicText> texts, HashSet<int> stops)
    {
        var (members, state) = (new List<TopicMember>(), TopicStreamState.Empty);
        var topics = new TopicStream(Lively, null, state);
        for (var i = 0; i < texts.Count; i++)
        {
            if (stops.Contains(i))
            {
                state = Stored(state.With(topics.TakeChanges()));
                topics = new TopicStream(Lively, null, state);
            }

            members.Add(topics.Add(texts[i]));
        }

        return (members, state.With(topics.TakeChanges()));
    }

    /// <summary>What comes back from a table.</summary>
    private static TopicStreamState Stored(TopicStreamState state) => CityJson.Read<TopicStreamState>(CityJson.Write(state));

    private static string Canonical(TopicStreamState state) => CityJson.Write(new
    {
        Topics = state.Topics.Values.OrderBy(topic => topic.Id).ToList(),
        Words = state.Words.OrderBy(word => word.Key, StringComparer.Ordinal).Select(word => $"{word.Key} {BitConverter.SingleToInt32Bits(word.Value)}").ToList(),
        state.Counters,
    });

    private static List<TopicText> Ordered(IEnumerable<TopicText> texts) => [.. texts.Select((text, i) => text with { Time = text.Time?.AddHours(i * 3) })];

    private static Gen<TopicText> AnyText() =>
        from words in Gen.Elements("lamp", "dark", "leak", "water", "噪音扰民", "搅拌站", "停水", "A3区", "丽发新城", "湖滨花园", "Maple Street", "[phone]").ListOf(5)
        from key in Gen.Choose(0, 120)
        from reporter in Gen.Choose(-3, 15)
        from area in Gen.Choose(-2, 4)
        from likes in Gen.Choose(0, 3)
        from isTimed in Gen.Elements(true, true, true, false)
        select new TopicText(
            string.Join(' ', words), $"k{key}", reporter % 2 == 0 ? "夜间施工 丽景苑 drilling" : null, isTimed ? Start : null, area < 0 ? null : $"a{area}", reporter < 0 ? null : $"r{reporter}", likes, likes / 2);
}
