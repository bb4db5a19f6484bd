using System.Text.Json;
using CityBrain.Burden;
using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Tests.Supervision;
using CityBrain.Triage;

namespace CityBrain.Tests.Burden;

/// <summary>Forms that staff ask workers to fill: three a month, and nothing that the city knows.</summary>
public sealed class BurdenFormTests : IAsyncLifetime
{
    private static readonly string[] Lifts = ["Number of lifts", "Lifts out of order"];
    private static readonly string[] West = ["c-west"];
    private SupervisionHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await SupervisionHost.OpenAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Ask_NewFields_IsTakenOnceHoweverOftenItIsSent()
    {
        Assert.Equal(201, (await AskAsync("1")).Status);
        Assert.Equal(200, (await AskAsync("1")).Status);
        Assert.Equal(1, (await WorkerAsync("g-west-1")).GetProperty("formsAsked").GetInt32());
        Assert.Equal((409, "FORM_EXISTS"), Refusal(await AskAsync("1", fields: ["Number of stairs"])));
        Assert.Equal(201, (await AskAsync("1", key: "west")).Status);
    }

    [Fact]
    [Trait("behaviour", "Beyond the public systems: what the city knows is not asked again")]
    public async Task Ask_FieldsThatTheCityKnows_AreNamedWithWhereTheyAreHeld()
    {
        var refused = await AskAsync("1", fields: ["Number of lifts", " ADDRESS: ", "地址", "Number of devices"]);
        Assert.Equal((409, "FIELDS_KNOWN"), Refusal(refused));
        Assert.Equal(
            ["ADDRESS: in case.address", "地址 in case.address", "Number of devices in device.list"],
            refused.Answer.GetProperty("known").EnumerateArray().Select(known => $"{known.GetProperty("field").GetString()} in {known.GetProperty("source").GetString()}"));
    }

    [Fact]
    public async Task Ask_RefusedAndMended_IsTakenAndTheRefusedFieldsStayOnTheMeter()
    {
        await AskAsync("1", fields: ["Number of lifts", "Address"]);
        await AskAsync("1", fields: ["Number of lifts", "Address"]);
        Assert.Equal((0, 1), Forms(await WorkerAsync("g-west-1")));
        Assert.Equal(201, (await AskAsync("1")).Status);
        Assert.Equal((1, 1), Forms(await WorkerAsync("g-west-1")));
        Assert.Equal((0, 0), Forms(await WorkerAsync("g-east-1")));
    }

    [Fact]
    public async Task Ask_BeyondTheFormsOfAMonth_IsRefusedUntilTheNextMonth()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(201, (await AskAsync($"{i}", areas: i == 0 ? ["g-west-1"] : West)).Status);
        }

        var refused = await AskAsync("4", areas: ["town"]);
        Assert.Equal((409, "FORM_CAP"), Refusal(refused));
        Assert.Equal(["grid-crew-g-west-1"], refused.Answer.GetProperty("workers").EnumerateArray().Select(worker => worker.GetString()));
        Assert.Equal(201, (await AskAsync("5", areas: ["g-west-2"])).Status);
        _host.Store.Clock.Now += TimeSpan.FromDays(13);
        Assert.Equal(201, (await AskAsync("4", areas: ["town"])).Status);
    }

    [Fact]
    public async Task Ask_ManyAtOneMoment_TakesNoMoreThanTheMonthAllows()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => AskAsync($"at-once-{i}"), Stop)));
        Assert.Equal(3, answers.Count(answer => answer.Status == 201));
        Assert.Equal(9, answers.Count(answer => answer.Status == 409));
    }

    [Theory]
    [InlineData("", "lifts", "lifts", "c-west", "id must")]
    [InlineData("1", " ", "lifts", "c-west", "title must")]
    [InlineData("1", "lifts", "", "c-west", "fields must")]
    [InlineData("1", "lifts", "lifts", "nowhere", "'nowhere'")]
    public async Task Ask_BadArgument_SaysWhich(string id, string title, string field, string area, string expected)
    {
        var (status, answer) = await _host.CallAsync<AskForm>("duty", (ask, request) => ask.RunAsync(request, Stop), body: new { id, title, fields = new[] { field }, areas = new[] { area }, dueAt = SmallTown.Morning.AddDays(2) });
        Assert.Equal(400, status);
        Assert.Contains(expected, answer.GetProperty("errors").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_OutsideTheCallersArea_IsRefused()
    {
        Assert.Equal(400, (await AskAsync("1", key: "west", areas: ["c-east"])).Status);
        Assert.Equal(403, (await AskAsync("1", key: "intake")).Status);
    }

    [Fact]
    public async Task Get_Burden_ShowsOpenTasksAndOnlyTheCallersSlice()
    {
        await _host.LiveAsync("1", new CompleteTriage(Lives.Rubbish with { CategoryCode = "doorway", LeadDepartment = "grid-crew-g-west-1" }), new DispatchTo("grid-crew-g-west-1"));
        var (_, all) = await GetAsync("duty", "");
        Assert.Equal(4, all.GetProperty("workers").GetArrayLength());
        var first = all.GetProperty("workers")[0];
        Assert.Equal(("grid-crew-g-west-1", 1, 15, 3), (first.GetProperty("id").GetString(), first.GetProperty("openTasks").GetInt32(), first.GetProperty("taskCap").GetInt32(), first.GetProperty("formCap").GetInt32()));
        Assert.Equal(2, (await GetAsync("west", "")).Answer.GetProperty("workers").GetArrayLength());
        Assert.Equal(0, (await GetAsync("west", "?area=c-east")).Answer.GetProperty("workers").GetArrayLength());
        Assert.Equal(1, (await GetAsync("duty", "?area=g-east-2")).Answer.GetProperty("workers").GetArrayLength());
        Assert.Equal(0, (await GetAsync("parks", "")).Answer.GetProperty("workers").GetArrayLength());
        Assert.Equal(400, (await GetAsync("duty", "?area=nowhere")).Status);
        Assert.Equal(403, (await GetAsync("intake", "")).Status);
    }

    private static (int, string?) Refusal((int Status, JsonElement Answer) answer) => (answer.Status, answer.Answer.GetProperty("code").GetString());

    private static (int Asked, int Refused) Forms(JsonElement worker) => (worker.GetProperty("formsAsked").GetInt32(), worker.GetProperty("fieldsRefused").GetInt32());

    private Task<(int Status, JsonElement Answer)> AskAsync(string id, string key = "duty", string[]? fields = null, string[]? areas = null) =>
        _host.CallAsync<AskForm>(key, (ask, request) => ask.RunAsync(request, Stop), body: new { id, title = "Lifts", fields = fields ?? Lifts, areas = areas ?? West, dueAt = SmallTown.Morning.AddDays(30) });

    private Task<(int Status, JsonElement Answer)> GetAsync(string key, string query) => _host.CallAsync<GetBurden>(key, (get, request) => get.RunAsync(request, Stop), query);

    private async Task<JsonElement> WorkerAsync(string grid) =>
        (await GetAsync("duty", "?area=" + grid)).Answer.GetProperty("workers").EnumerateArray().Single();
}
