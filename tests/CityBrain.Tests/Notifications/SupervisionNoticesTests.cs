using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Notifications;
using CityBrain.Resources;
using CityBrain.Supervision;
using CityBrain.Tests.City;

namespace CityBrain.Tests.Notifications;

public sealed class SupervisionNoticesTests
{
    private static readonly AreaMap Areas = DemoCity.Model.Areas;
    private static readonly RateRules Rules = new(1, 30, 35, 35);

    [Theory]
    [InlineData(OverdueStep.Reminder, NoticeKind.OverdueReminder, "department-dsny")]
    [InlineData(OverdueStep.Notice, NoticeKind.OverdueNotice, "department-dsny")]
    [InlineData(OverdueStep.Criticism, NoticeKind.OverdueCriticism, "department-dsny,duty,area-queens")]
    public void For_StepOfSupervision_TellsTheDepartmentAndOfCriticismThoseAbove(OverdueStep step, NoticeKind kind, string channels)
    {
        var notices = NoticeRules.For(new OverdueEntry(Entries.CaseId, 1, step, "dsny", Entries.Grid, "queens", "missed-collection", Entries.Noon, Entries.Noon.AddDays(1), 4), Areas);
        Assert.Equal(channels, string.Join(',', notices.Select(notice => notice.Channel)));
        Assert.All(notices, notice => Assert.Equal((kind, Entries.Noon, Entries.Noon.AddDays(1)), (notice.Kind, notice.ResolveDue!.Value, notice.At)));
    }

    [Fact]
    public void For_WeekThatIsToldTwice_IsTheSameNotice()
    {
        var notice = NoticeRules.For(Digest("queens"), Areas);
        Assert.Equal("area-queens", notice.Channel);
        Assert.Equal("duty", NoticeRules.For(Digest(Areas.City.Id), Areas).Channel);
        Assert.Equal(notice.Id, NoticeRules.For(Digest("queens") with { DataAsOf = Entries.Noon.AddHours(1) }, Areas).Id);
    }

    [Theory]
    [InlineData("en", "Response rate", "66.7% (2/3)", "1. Sanitation Bureau", "Criticised", "Flag: mass suspension")]
    [InlineData("zh", "响应率", "66.7%（2/3）", "1. 环境卫生局", "通报批评", "预警：集中挂起")]
    public void Card_OfAWeek_SaysRatesRankingOverdueAndFlags(string language, params string[] words)
    {
        var card = TestCards.Cards.Of(NoticeRules.For(Digest(Areas.City.Id), Areas), Texts.For(language));
        var json = CityJson.Write(card);
        Assert.All(words, word => Assert.Contains(word, json, StringComparison.Ordinal));
    }

    [Fact]
    public void Stored_NoticeOfAWeek_ReadsBackAsItWas()
    {
        var notice = NoticeRules.For(Digest(Areas.City.Id), Areas);
        var read = CityJson.Read<Notice>(CityJson.Write(notice));
        Assert.Equal((notice.Digest!.All.Response, notice.Digest.Month, 2), (read.Digest!.All.Response, read.Digest.Month, read.Digest.Overdue[OverdueStep.Criticism]));
    }

    private static WeeklyDigest Digest(string area)
    {
        RatedCase[] cases = [.. Enumerable.Range(0, 3).Select(i => new RatedCase($"c{i}", "dsny", "g", "s", "queens", "c", FactKind.Solved, Entries.Noon, i > 0, true))];
        var table = RateTable.Of(cases, RateDimension.Department, Rules);
        var (top, bottom) = WeeklyDigest.Ranked(table);
        return new("2026-W11", Entries.Noon, area, new(2026, 3), Entries.Noon, table.All, RateDimension.Department, top, bottom, new Dictionary<OverdueStep, int> { [OverdueStep.Criticism] = 2 }, new Dictionary<FlagKind, int> { [FlagKind.MassSuspension] = 1 });
    }
}
