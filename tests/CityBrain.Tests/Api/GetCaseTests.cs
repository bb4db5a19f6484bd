using CityBrain.Cases;

namespace CityBrain.Tests.Api;

public sealed class GetCaseTests : IAsyncLifetime
{
    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.OpenAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("duty", 200)]
    [InlineData("sanitation", 200)]
    [InlineData("west", 200)]
    [InlineData("parks", 404)]
    [InlineData("intake", 403)]
    [InlineData("nobody", 403)]
    public async Task Get_Caller_SeesItsSlice(string key, int status) =>
        Assert.Equal(status, (await _api.GetAsync(key, await _api.CaseInAsync(CaseState.Dispatched))).Status);

    [Theory]
    [InlineData("x")]
    [InlineData("0123456789abcdefghjk")]
    [InlineData("..%2F")]
    public async Task Get_NoSuchCase_Is404(string id) => Assert.Equal(404, (await _api.GetAsync("duty", id)).Status);

    [Fact]
    public async Task Get_VersionThatTheCallerHas_Is304()
    {
        var id = await _api.CaseInAsync(CaseState.Dispatched);
        Assert.Equal(304, (await _api.GetAsync("duty", id, ("If-None-Match", "\"3\""))).Status);
        Assert.Equal(200, (await _api.GetAsync("duty", id, ("If-None-Match", "\"2\""))).Status);
    }

    [Fact]
    public async Task Get_Case_HoldsNoKeyOfTheReporter()
    {
        var answer = (await _api.GetAsync("duty", await _api.CaseInAsync(CaseState.Dispatched))).Answer.GetRawText();
        Assert.DoesNotContain("reporterKey", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("recentCommands", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Get_Verified_ShowsTheReportersLinkToDutyOfficersAlone()
    {
        var id = await _api.CaseInAsync(CaseState.Verified);
        Assert.True((await _api.GetAsync("duty", id)).Answer.GetProperty("links").TryGetProperty("feedback", out _));
        Assert.False((await _api.GetAsync("sanitation", id)).Answer.GetProperty("links").TryGetProperty("feedback", out _));
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("?status=7", 400)]
    [InlineData("?status=nonsense", 400)]
    [InlineData("?area=g-west-1", 400)]
    [InlineData("?area=nowhere", 400)]
    [InlineData("?status=filed&limit=0", 400)]
    [InlineData("?status=filed&limit=201", 400)]
    [InlineData("?overdue=perhaps", 400)]
    [InlineData("?status=filed&cursor=%25", 400)]
    [InlineData("?status=dispatched", 200)]
    [InlineData("?department=sanitation", 200)]
    [InlineData("?area=s-west", 200)]
    [InlineData("?overdue=true", 200)]
    public async Task List_Query_IsCheckedFirst(string query, int status) => Assert.Equal(status, (await _api.ListAsync("duty", query)).Status);

    [Theory]
    [InlineData("sanitation", 1)]
    [InlineData("west", 1)]
    [InlineData("parks", 0)]
    public async Task List_CallerWithASlice_HasItByDefault(string key, int count)
    {
        await _api.CaseInAsync(CaseState.Dispatched);
        await _api.Store.SweepAsync();
        var (status, answer, _) = await _api.ListAsync(key, "");
        Assert.Equal((200, count), (status, answer.GetProperty("cases").GetArrayLength()));
    }

    [Fact]
    public async Task Health_EverythingAnswers_Is200AndCountsWhatWaits()
    {
        await _api.CaseInAsync(CaseState.Dispatched);
        var (status, answer, _) = await _api.HealthAsync();
        Assert.Equal((200, 3), (status, answer.GetProperty("outboxWaiting").GetInt32()));
    }

    [Fact]
    public async Task Health_TablesAreDown_Is503()
    {
        await _api.Store.Tables.Cases.DeleteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(503, (await _api.HealthAsync()).Status);
    }
}
