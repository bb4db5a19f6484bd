using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;

namespace CityBrain.Tests.City;

public sealed class RoutingRulesTests
{
    private static readonly Asset Bridge = new("old-bridge", "bridge", SmallTown.Name("Bridge"), "waterworks", 0.05, 0.05, 500);
    private static readonly Asset Near = new("new-bridge", "bridge", SmallTown.Name("Bridge"), "parks", 0.0502, 0.05, 500);

    [Fact]
    public void Find_SeveralRulesHold_TheFirstWins()
    {
        var rules = Rules(new RoutingRule("one", "parks") { Categories = ["rubbish"] }, new RoutingRule("two", "waterworks") { Categories = ["rubbish"] });
        Assert.Equal(("parks", "one"), Find(rules));
    }

    [Fact]
    [Trait("behaviour", "Triage: the owner of an asset beats the area")]
    public void Find_AssetNearby_ItsOwnerBeatsTheArea()
    {
        var rules = Rules(new RoutingRule("owner", null) { AssetKinds = ["bridge"] }, new RoutingRule("west", "hotline") { Areas = ["d-west"] });
        Assert.Equal(("waterworks", "owner"), Find(rules));
        Assert.Equal(("parks", "owner"), Find(rules, at: (0.0502, 0.05)));
        Assert.Equal(("hotline", "west"), Find(rules, at: (0.08, 0.05)));
        Assert.Equal(("hotline", "west"), Find(rules, at: null, known: false));
    }

    [Theory]
    [InlineData("g-west-1", true)]
    [InlineData("town", false)]
    [InlineData("g-east-1", false)]
    [InlineData("gone", false)]
    public void Find_AreaOfARule_HoldsForWhatLiesInIt(string area, bool holds) =>
        Assert.Equal(holds, Find(Rules(new RoutingRule("west", "parks") { Areas = ["s-west"] }), area: area) is not null);

    [Theory]
    [InlineData("The swan* are sick", false)]
    [InlineData("Two SWANS on the road", true)]
    [InlineData("路上有天鹅", true)]
    public void Find_WordsOfARule_MatchAsKeywordsDo(string text, bool holds) =>
        Assert.Equal(holds, Find(Rules(new RoutingRule("swans", "parks") { Words = new KeywordAutomaton(["swans", "天鹅"]) }), text: text) is not null);

    [Theory]
    [InlineData(RoutingHours.Working, 0, true)]
    [InlineData(RoutingHours.Working, 13, false)]
    [InlineData(RoutingHours.Off, 13, true)]
    [InlineData(RoutingHours.Off, 0, false)]
    public void Find_HoursOfARule_FollowTheCalendar(RoutingHours hours, int later, bool holds) =>
        Assert.Equal(holds, Find(Rules(new RoutingRule("hours", "parks") { Hours = hours }), later: later) is not null);

    [Fact]
    public void Find_KindOfOffice_IsTheOfficeOfTheArea() =>
        Assert.Equal(("street-office-s-west", "offices"), Find(Rules(new RoutingRule("offices", "street-office") { Groups = ["general"] })));

    [Fact]
    [Trait("behaviour", "Triage: the routing rule is recorded")]
    public void Decide_RuleHolds_RecordsItInAssignmentAndHistory()
    {
        var command = Assert.IsType<DispatchTo>(RouteFinder.Decide(Lives.In(CaseState.Triaged), With(Rules(new RoutingRule("owner", null) { AssetKinds = ["bridge"] })), SmallTown.Morning));
        Assert.Equal("to waterworks by rule owner", command.Summary);
        Assert.Equal("owner", Lives.In(CaseState.Triaged).After(command).Assignment!.RuleId);
    }

    [Fact]
    public void Decide_PersonNamedTheLead_StaysWithIt()
    {
        var city = With(Rules(new RoutingRule("all", "parks") { Categories = ["rubbish"] }));
        var confirmed = Lives.In(CaseState.TriageReview).After(new CityBrain.Triage.ConfirmTriage(LeadDepartment: "sanitation"));
        Assert.Equal(new DispatchTo("sanitation"), RouteFinder.Decide(confirmed, city, SmallTown.Morning));
    }

    [Fact]
    [Trait("behaviour", "Triage: a corrected category or place asks the rules again, in their order")]
    public void Decide_PersonCorrectedCategoryOrPlace_AsksTheRulesAgain()
    {
        var city = With(Rules(new RoutingRule("owner", null) { AssetKinds = ["bridge"], Categories = ["water"] }, new RoutingRule("east", "parks") { Areas = ["s-east"] }));
        var guessed = Lives.In(CaseState.TriageReview);
        string? LeadAfter(CityBrain.Triage.ConfirmTriage correction) => (RouteFinder.Decide(guessed.After(correction), city, SmallTown.Morning) as DispatchTo)?.Department;
        Assert.Equal("sanitation", LeadAfter(new()));
        Assert.Equal("waterworks", LeadAfter(new("water")));
        Assert.Equal("parks", LeadAfter(new(AreaId: "g-east-1")));
    }

    private static RoutingRules Rules(params RoutingRule[] rules) => new(rules, [Bridge, Near]);

    private static CityModel With(RoutingRules rules) => SmallTown.With(routing: rules);

    private static (string, string)? Find(RoutingRules rules, (double Lat, double Lon)? at = null, string area = "g-west-1", string text = "", int later = 0, bool known = true)
    {
        var place = at ?? (0.05, 0.05);
        var facts = new RoutingFacts(SmallTown.City.Catalogue.Find("rubbish")!, area, text, SmallTown.Morning.AddHours(later), known ? place.Item1 : null, known ? place.Item2 : null);
        return rules.Find(facts, SmallTown.City) is { } route ? (route.Department.Id, route.RuleId) : null;
    }
}
