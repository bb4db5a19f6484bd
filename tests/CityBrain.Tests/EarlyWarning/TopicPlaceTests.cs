using CityBrain.EarlyWarning.Topics;

namespace CityBrain.Tests.EarlyWarning;

public sealed class TopicPlaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8));
    private static readonly string[] Estates = ["湖滨花园", "金桂苑", "翠竹小区", "东方新城", "阳光家园", "明月公寓", "红枫苑", "紫荆花园", "望江小区", "松涛苑"];

    [Theory]
    [InlineData("投诉A2区丽水新城附近建搅拌站噪音扰民", "A2区丽水新城")]
    [InlineData("反对金桂苑捆绑销售车位", "金桂苑")]
    [InlineData("A市暮春街道丽水新城社区的路灯", "A市暮春街道丽水新城社区")]
    [InlineData("人民路的公路和道路都坏了，小区附近没有超市", "人民路")]
    [InlineData("请问农村道路何时修", "")]
    [InlineData("Broken Street Light at 97 Street near Forest Park", "97 Street|Forest Park")]
    [InlineData("wall street falls as main street waits", "")]
    [InlineData("The Street is dark", "")]
    public void Find_NamesThatNobodyListed_ByTheirForm(string text, string places) => Assert.Equal(places, PlacesOf(TopicPlaces.None, text));

    [Theory]
    [InlineData("noise at jamaica bay again", "jamaica bay")]
    [InlineData("no noise at jamaica bayside", "")]
    [InlineData("在外滩有人落水", "外滩")]
    public void Find_KnownNames_AsWholeWords(string text, string places) => Assert.Equal(places, PlacesOf(new TopicPlaces(["Jamaica Bay", "外滩"]), text));

    [Fact]
    public void Add_TwoTroublesOfOneEstate_AreTwoTopics()
    {
        var topics = new TopicStream(new TopicSettings());
        var noise = Enumerable.Range(0, 12).Select(i => Add(topics, $"湖滨花园旁边搅拌站{(char)('一' + i)}噪音扰民", $"n{i}")).ToList();
        var water = Enumerable.Range(0, 12).Select(i => Add(topics, $"湖滨花园{(char)('一' + (i * 3))}自来水停水无人修", $"w{i}")).ToList();
        var (ofNoise, ofWater) = (noise.Select(topics.Current).Distinct().ToList(), water.Select(topics.Current).Distinct().ToList());
        Assert.Single(ofNoise);
        Assert.Single(ofWater);
        Assert.NotEqual(ofNoise[0], ofWater[0]);
    }

    [Fact]
    public void Add_OneTroubleAcrossADistrict_IsOneTopicOfManyAreas()
    {
        var topics = new TopicStream(new TopicSettings(), null, TopicStreamState.Empty);
        var members = Enumerable.Range(0, 40).Select(i => topics.Add(new TopicText($"{Estates[i % Estates.Length]}自来水浑浊发黄{(char)('一' + i)}", $"k{i}", null, Start.AddHours(i), $"area{i % Estates.Length}", $"r{i}")).Topic).ToList();
        var topic = Assert.Single(members.Select(topics.Current).Distinct());
        var record = topics.TakeChanges().Topics.Single(record => record.Id == topic);
        Assert.Equal(Estates.Length, record.Areas.Count);
        Assert.InRange(record.OnePlace, 0, 0.5);
    }

    [Fact]
    public void Add_TroubleOfOneEstateAmongTheSameKindElsewhere_IsFoundAsThatEstates()
    {
        var topics = new TopicStream(new TopicSettings(), null, TopicStreamState.Empty);
        var (here, elsewhere) = (new List<int>(), new List<int>());
        for (var i = 0; i < 60; i++)
        {
            here.Add(topics.Add(new TopicText($"丽水新城旁边搅拌站{(char)('一' + i)}噪音扰民", $"h{i}", null, Start.AddHours(i), null, $"h{i}")).Topic);
            for (var other = 0; other < 5; other++)
            {
                topics.Add(new TopicText($"other{i} matter{(i * 5) + other}", $"o{i}-{other}", null, Start.AddHours(i)));
            }

            elsewhere.Add(topics.Add(new TopicText($"{Estates[i % Estates.Length]}广场舞{(char)('三' + i)}噪音扰民", $"e{i}", null, Start.AddHours(i), null, $"e{i}")).Topic);
        }

        var topic = here.Select(topics.Current).GroupBy(id => id).MaxBy(group => group.Count())!.Key;
        Assert.InRange(here.Count(id => topics.Current(id) == topic), 55, 60);
        Assert.InRange(elsewhere.Count(id => topics.Current(id) == topic), 0, 3);
        topics.Add(new TopicText("next day", "next", null, Start.AddDays(9)));
        var name = topics.TakeChanges().Topics.Single(record => record.Id == topic).Name!;
        Assert.Equal("丽水新城", name.Place);
        Assert.Contains("搅拌站", name.Phrases);
    }

    [Fact]
    public void Add_TitleWithoutAPlace_IsPlacedByItsBody()
    {
        var topics = new TopicStream(new TopicSettings(), null, TopicStreamState.Empty);
        var member = topics.Add(new TopicText("搅拌站噪音扰民", "k", "丽水新城旁边", Start));
        Assert.NotNull(topics.TakeChanges().Topics.Single(record => record.Id == member.Topic).Place);
    }

    [Theory]
    [Trait("behaviour", "Language service: language and places are found in redacted words, and triage and early warning use them")]
    [InlineData("brookside", true)]
    [InlineData("millcrest", false)]
    public void Add_PlaceThatOnlyAServiceNamed_TellsTheTroublesOfPlacesApart(string place, bool isSame)
    {
        var topics = new TopicStream(new TopicSettings());
        TopicText Report(string key, params string[] places) => new($"drilling noise keeps the children awake {key}", key, null, Start, null, key, Places: places);
        var ids = Enumerable.Range(0, 8).Select(i => topics.Add(Report($"k{i}", "brookside")).Topic).ToList();
        Assert.Single(ids.Distinct());
        Assert.Equal(isSame, topics.Add(Report("new", place)).Topic == ids[0]);
        Assert.Equal(ids[0], topics.Add(Report("last")).Topic);
    }

    [Theory]
    [InlineData("drilling through the night", 0)]
    [InlineData("dancing with loud speakers", 1)]
    public void Add_TitleThatFitsTwoTopics_JoinsTheOneThatTheBodyFits(string body, int expected)
    {
        var topics = new TopicStream(new TopicSettings());
        var ids = new[] { "noise drilling night", "noise dancing speakers" }.Select((text, i) => Add(topics, text, $"k{i}")).ToList();
        Assert.Equal(ids[expected], topics.Add(new TopicText("noise complaint again", "new", body, Start)).Topic);
    }

    private static int Add(TopicStream topics, string text, string key) => topics.Add(new TopicText(text, key, null, Start, null, key)).Topic;

    private static string PlacesOf(TopicPlaces places, string text)
    {
        var cuts = new List<TopicCut>();
        places.Find(text, cuts);
        return string.Join('|', cuts.Select(cut => text[cut.Start..cut.End]));
    }
}
