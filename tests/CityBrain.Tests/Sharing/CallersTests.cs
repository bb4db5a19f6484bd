using CityBrain.Cases;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Sharing;

public sealed class CallersTests
{
    private static readonly CaseSummary InTheWest = CaseSummary.Of(Lives.In(CaseState.Dispatched));

    [Theory]
    [InlineData(Role.Intake, null, null, false)]
    [InlineData(Role.Staff, null, null, true)]
    [InlineData(Role.Duty, null, null, true)]
    [InlineData(Role.Staff, "sanitation", null, true)]
    [InlineData(Role.Staff, "parks", null, false)]
    [InlineData(Role.Staff, null, "g-west-1", true)]
    [InlineData(Role.Staff, null, "s-west", true)]
    [InlineData(Role.Staff, null, "town", true)]
    [InlineData(Role.Staff, null, "g-west-2", false)]
    [InlineData(Role.Staff, null, "s-east", false)]
    [InlineData(Role.Duty, null, "s-east", false)]
    [InlineData(Role.Staff, "sanitation", "s-east", false)]
    [InlineData(Role.Staff, "parks", "s-west", false)]
    public void MaySee_Slice_IsDepartmentAndArea(Role role, string? department, string? area, bool may) =>
        Assert.Equal(may, new Caller("c", role, department, area).MaySee(InTheWest, SmallTown.Areas));

    [Fact]
    public void MaySee_CaseWithoutAnArea_IsNotInAnySlice()
    {
        var filed = CaseSummary.Of(SmallTown.Draft());
        Assert.False(new Caller("c", Role.Staff, null, "s-west").MaySee(filed, SmallTown.Areas));
        Assert.False(new Caller("c", Role.Staff, "sanitation").MaySee(filed, SmallTown.Areas));
        Assert.True(new Caller("c", Role.Duty).MaySee(filed, SmallTown.Areas));
    }

    [Fact]
    public void MaySee_AreaThatIsNoMore_IsNotInTheSlice() =>
        Assert.False(new Caller("c", Role.Staff, null, "s-west").MaySee(InTheWest with { AreaId = "g-gone" }, SmallTown.Areas));

    [Fact]
    public void Of_KeyInHeaderOrQuery_IsTheCaller()
    {
        var callers = Some();
        Assert.Equal("desk", callers.Of(Request("x-functions-key", "k1"))?.Name);
        var query = new DefaultHttpContext().Request;
        query.QueryString = new QueryString("?code=k2");
        Assert.Equal(new Caller("crew", Role.Staff, "sanitation", "s-west"), callers.Of(query));
    }

    [Theory]
    [InlineData("")]
    [InlineData("k3")]
    [InlineData("K1")]
    public void Of_UnknownKey_IsNobody(string key) => Assert.Null(Some().Of(Request("x-functions-key", key)));

    [Fact]
    public void Of_EndlessKey_IsNobody() => Assert.Null(Some().Of(Request("x-functions-key", new string('k', 100_000))));

    private static Callers Some() => new(Options.Create(new Dictionary<string, CallerOptions>
    {
        ["desk"] = new() { Key = "k1" },
        ["crew"] = new() { Key = "k2", Role = Role.Staff, Department = "sanitation", Area = "s-west" },
        ["nobody"] = new(),
    }));

    private static HttpRequest Request(string header, string value)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[header] = value;
        return request;
    }
}
