using System.Globalization;
using CityBrain.City;
using NetTopologySuite.Index.Strtree;

namespace CityBrain.Tests.City;

public sealed class DemoCityTests(ITestOutputHelper output)
{
    // A hundredth of a square metre, in square degrees at New York: rounding may leave that much, a real overlap is wider.
    private const double Sliver = 1e-12;

    [Fact]
    public void Areas_EveryGrid_LiesWithinAllItsParents()
    {
        var areas = DemoCity.Model.Areas;
        foreach (var grid in areas.All.Where(a => a.Level == AreaLevel.Grid))
        {
            var chain = areas.Chain(grid.Id);
            Assert.Equal(["Grid", "Community", "Street", "District", "City"], chain.Select(a => a.Level.ToString()));
            var polygon = areas.Polygon(grid.Id);
            Assert.All(chain, parent => Assert.InRange(polygon.Difference(areas.Polygon(parent.Id)).Area, 0, Sliver));
        }
    }

    [Fact]
    [Trait("behaviour", "Clocks: limits are 1, 3, 5 and 15 working days, and more time is approved and capped")]
    public void Limits_OfTheDemoCity_FollowThePublishedExample()
    {
        var routine = DemoCity.Model.Catalogue.All.Where(item => item.Urgency is Urgency.Routine).Select(item => item.Limits.Resolve).ToHashSet();
        Assert.Equal(new[] { 1, 3, 5, 15 }.Select(days => WorkDuration.WorkingDays(days)).ToHashSet(), routine);
        Assert.Equal(15, DemoCity.Model.Dispatch.ExtensionCapDays);
    }

    [Theory]
    [InlineData(AreaLevel.District)]
    [InlineData(AreaLevel.Street)]
    [InlineData(AreaLevel.Community)]
    [InlineData(AreaLevel.Grid)]
    public void Areas_OfALevel_CoverTheCityWithoutOverlap(AreaLevel level)
    {
        var areas = DemoCity.Model.Areas;
        var polygons = areas.All.Where(a => a.Level == level).Select(a => areas.Polygon(a.Id)).ToArray();
        var tree = new STRtree<int>();
        for (var i = 0; i < polygons.Length; i++)
        {
            tree.Insert(polygons[i].EnvelopeInternal, i);
        }

        var pairs = Enumerable.Range(0, polygons.Length).SelectMany(i => tree.Query(polygons[i].EnvelopeInternal).Where(j => j > i).Select(j => (i, j)));
        Assert.All(pairs, pair => Assert.InRange(polygons[pair.i].Intersection(polygons[pair.j]).Area, 0, Sliver));
        Assert.Equal(areas.Polygon(areas.City.Id).Area, polygons.Sum(p => p.Area), 9);
    }

    [Fact]
    public void Areas_EveryCommunity_HasTwoToFourGrids()
    {
        var areas = DemoCity.Model.Areas;
        Assert.All(areas.All.Where(a => a.Level == AreaLevel.Community), c => Assert.InRange(areas.Children(c.Id).Count, 2, 4));
    }

    [Fact]
    public void Locate_RowsOfTheSample_FindsTheirBorough()
    {
        var areas = DemoCity.Model.Areas;
        var located = DemoCity.Rows("nyc-311.csv").Where(r => r["Latitude"].Length > 0)
            .Select(r => (Borough: r["Borough"].ToLowerInvariant().Replace(' ', '-'), Grid: areas.Locate(Number(r["Latitude"]), Number(r["Longitude"])))).ToList();
        var inside = located.Count(r => r.Grid is not null);
        var right = located.Count(r => r.Grid is not null && areas.AtLevel(r.Grid.Id, AreaLevel.District).Id == r.Borough);
        output.WriteLine($"{located.Count} rows with a place: {inside} in a grid, {right} in a grid of their borough");
        Assert.InRange(inside, located.Count * 0.99, located.Count);
        Assert.InRange(right, located.Count * 0.98, located.Count);
    }

    [Fact]
    public void Match_RowsOfTheSample_FindsTheirAgency()
    {
        var catalogue = DemoCity.Model.Catalogue;
        var rows = DemoCity.Rows("nyc-311.csv").ToList();
        var right = rows.Count(r => catalogue.Match($"{r["Complaint Type"]} {r["Descriptor"]}") is [var best, ..] && string.Equals(best.Item.LeadDepartment, r["Agency"], StringComparison.OrdinalIgnoreCase));
        output.WriteLine($"{right} of {rows.Count} rows led by their agency");
        Assert.InRange(right, rows.Count * 0.97, rows.Count);
    }

    [Theory]
    [InlineData("楼下KTV半夜还在唱，严重扰民", "noise-commercial")]
    [InlineData("小区隔壁深夜施工，噪音扰民", "noise-construction")]
    [InlineData("路边长期违停", "illegal-parking")]
    [InlineData("人行道被流动摊贩占道经营", "street-trading")]
    [InlineData("路灯不亮，晚上很黑", "street-light")]
    [InlineData("下雨后道路积水严重", "street-flooding")]
    [InlineData("楼上漏水到我家", "water-leak")]
    [InlineData("垃圾堆没人管", "dirty-street")]
    [InlineData("家里暖气不热", "heat-hot-water")]
    [InlineData("小区电梯故障停运", "elevator")]
    [InlineData("有人被困在电梯里了", "people-trapped")]
    [InlineData("邻居违规搭建阳光房", "illegal-building")]
    [InlineData("饭店油烟直排", "restaurant-fumes")]
    [InlineData("台风后树倒了压住车", "tree-danger")]
    [InlineData("井盖丢失", "manhole-cover")]
    [InlineData("工地拖欠工资半年", "wage-arrears")]
    [InlineData("物业不作为，乱涨物业费", "property-management")]
    [InlineData("闻到煤气味，可能燃气泄漏", "gas-leak")]
    [InlineData("There is a huge pothole in front of my house", "street-condition")]
    [InlineData("Loud music from my neighbor all night", "noise-residential")]
    [InlineData("No heat and no hot water since Monday", "heat-hot-water")]
    [InlineData("A car is blocking my driveway", "blocked-driveway")]
    public void Match_AppealInPlainWords_FindsTheItem(string text, string code) =>
        Assert.Equal(code, DemoCity.Model.Catalogue.Match(text)[0].Item.Code);

    [Fact]
    public void Match_TextWithoutKeyword_IsEmpty() => Assert.Empty(DemoCity.Model.Catalogue.Match("xyzzy 您好"));

    [Fact]
    public void Devices_OnTheRecordedSeries_TripOnceEach()
    {
        var devices = DemoCity.Model.Devices;
        foreach (var series in DemoCity.Rows("river/series.csv"))
        {
            var device = devices.Find(series["device"]);
            Assert.NotNull(device?.AreaId);
            var rule = Assert.Single(device.Rules, r => r.Measure == series["measure"]);
            var alarms = Alarms(rule, DemoCity.Rows("river/" + series["file"]).Where(r => r["value"].Length > 0).Select(r => (At: DateTime.Parse(r["dateTime"], CultureInfo.InvariantCulture), Value: Number(r["value"])))).ToList();
            var expected = rule.Id == "river-high" ? new[] { new DateOnly(2025, 9, 12) } : device.Id == "rain-gauge-manhattan" ? [new DateOnly(2025, 9, 8)] : [];
            Assert.Equal(expected, alarms.Select(DateOnly.FromDateTime));
        }
    }

    [Theory]
    [InlineData("2024-02-18", true)]
    [InlineData("2024-10-07", false)]
    [InlineData("2025-01-26", true)]
    [InlineData("2025-10-08", false)]
    [InlineData("2026-02-23", false)]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-11-20", true)]
    [InlineData("2027-05-03", true)]
    public void Calendar_AnnouncedYears_FollowTheStateCouncil(string day, bool workday) =>
        Assert.Equal(workday, DemoCity.Model.Calendar.IsWorkday(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Fact]
    public void LeadOf_ItemOfAnOffice_IsTheOfficeOfTheArea()
    {
        var city = DemoCity.Model;
        var item = city.Catalogue.Find("property-management")!;
        Assert.Equal("property-office-brooklyn-06", city.LeadOf(item, "11215-1").Id);
        Assert.Equal("property-office", city.LeadOf(item, null).Id);
        Assert.Equal("nypd", city.LeadOf(city.Catalogue.Find("illegal-parking")!, "11215-1").Id);
    }

    private static IEnumerable<DateTime> Alarms(DeviceRule rule, IEnumerable<(DateTime At, double Value)> readings)
    {
        DateTime? since = null;
        var tripped = false;
        foreach (var (at, value) in readings)
        {
            since = rule.Trips(value) ? since ?? at : null;
            if (!tripped && since is { } start && at - start >= rule.Hold)
            {
                tripped = true;
                yield return at;
            }
            else if (rule.Clears(value))
            {
                tripped = false;
            }
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
