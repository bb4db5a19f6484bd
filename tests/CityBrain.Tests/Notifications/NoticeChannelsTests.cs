using CityBrain.Notifications;
using CityBrain.Sharing;
using CityBrain.Tests.City;

namespace CityBrain.Tests.Notifications;

public sealed class NoticeChannelsTests
{
    [Theory]
    [InlineData(Role.Duty, null, null, "duty", true)]
    [InlineData(Role.Duty, null, null, "reporters", true)]
    [InlineData(Role.Staff, null, null, "department-dsny", true)]
    [InlineData(Role.Staff, null, null, "reporters", false)]
    [InlineData(Role.Staff, "dsny", null, "department-dsny", true)]
    [InlineData(Role.Staff, "dsny", null, "department-dot", false)]
    [InlineData(Role.Staff, "dsny", null, "duty", false)]
    [InlineData(Role.Staff, null, "queens", "area-queens", true)]
    [InlineData(Role.Staff, null, "queens", "area-bronx", false)]
    [InlineData(Role.Staff, null, "queens", "department-dsny", false)]
    [InlineData(Role.Intake, null, null, "reporters", true)]
    [InlineData(Role.Intake, null, null, "duty", false)]
    public void MayRead_Caller_SeesTheChannelsOfItsSlice(Role role, string? department, string? area, string channel, bool expected) =>
        Assert.Equal(expected, NoticeChannels.MayRead(new Caller("caller", role, department, area), channel, DemoCity.Model));

    [Fact]
    public void MayRead_StaffOfADistrict_ReadsItsStreets()
    {
        var areas = DemoCity.Model.Areas;
        var street = areas.Children("queens")[0];
        var caller = new Caller("caller", Role.Staff, AreaId: "queens");
        Assert.True(NoticeChannels.MayRead(caller, NoticeChannels.Area(street), DemoCity.Model));
        Assert.Equal("area-queens", NoticeChannels.DefaultOf(caller, DemoCity.Model));
    }

    [Theory]
    [InlineData("duty", true)]
    [InlineData("department-dsny", true)]
    [InlineData("department-none", false)]
    [InlineData("area-queens", true)]
    [InlineData("area-demo-city", false)]
    [InlineData("area-", false)]
    [InlineData("Duty", false)]
    public void Exists_Name_MustBeOfThisCity(string channel, bool expected) => Assert.Equal(expected, NoticeChannels.Exists(channel, DemoCity.Model));
}
