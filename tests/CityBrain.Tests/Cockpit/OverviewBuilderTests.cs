using CityBrain.Cases;
using CityBrain.Cockpit;
using CityBrain.Tests.City;
using CityBrain.Tests.Notifications;

namespace CityBrain.Tests.Cockpit;

public sealed class OverviewBuilderTests
{
    private static readonly CaseSummary Filed = Entries.Of(CaseAction.Dispatch, CaseState.Dispatched).After;
    private static readonly CaseSummary Solved = Filed with { State = CaseState.Closed, EndedAt = Filed.FiledAt.AddHours(2), Solved = true };

    [Fact]
    public void Figures_OfTheTallysOwnCounters_AddUp()
    {
        var figures = OverviewBuilder.Figures(Counters(Filed, Filed with { Kind = OriginKind.Sensor }, Solved, Solved with { EndedAt = Filed.FiledAt.AddDays(30), Solved = null }), 1, false);
        Assert.Equal((4, 3, 1), (figures.Cases, figures.Appeals, figures.Sensors));
        Assert.Equal((2, 2, 1, 1), (figures.Open, figures.Closed, figures.Solved, figures.Unanswered));
        Assert.Equal((1, 1), (figures.InTime, figures.Late));
        Assert.Equal((2 + (30 * 24)) / 2.0, figures.MeanHours);
    }

    [Fact]
    public void Units_OfTheTallysOwnCounters_AreNamedAndSorted()
    {
        var counters = Counters(Filed, Filed, Solved, Filed with { Department = "dot", DistrictId = "bronx" });
        var departments = OverviewBuilder.Departments(counters, DemoCity.Model.Departments);
        Assert.Equal([("dsny", 2, 1), ("dot", 1, 0)], departments.Select(unit => (unit.Id, unit.Open, unit.Done)));
        Assert.Equal("环境卫生局", departments[0].Name.Zh);
        Assert.Equal(5, OverviewBuilder.Districts(counters, DemoCity.Model.Areas).Count);
        Assert.Equal(3, OverviewBuilder.Streets(counters)[Filed.StreetId!]);
    }

    [Fact]
    public void States_NoCases_ListsEveryState() =>
        Assert.Equal(Enum.GetValues<CaseState>(), OverviewBuilder.States(new Dictionary<string, long>()).Select(state => state.State));

    private static Dictionary<string, long> Counters(params CaseSummary[] cases) =>
        cases.SelectMany(CaseTally.ContributionOf).GroupBy(count => count.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(count => count.Value), StringComparer.Ordinal);
}
