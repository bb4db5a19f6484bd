using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityBrain.Cases;
using CityBrain.Sharing;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Tests.Api;

/// <summary>The one way to a sealed record, through the whole app.</summary>
public sealed class UnmaskCaseTests : IAsyncLifetime
{
    private static readonly object Appeal = new { channel = "hotline", sourceId = "1", text = "Call Zhang San on 13812345678: garbage not collected", reporter = new { name = "Zhang San", phone = "13812345678" } };
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private CityApp _app = null!;
    private string _id = "";

    public async ValueTask InitializeAsync()
    {
        _app = await CityApp.StartAsync();
        using var intake = _app.Client(CityApp.IntakeKey);
        var filed = await (await intake.PostAsJsonAsync("api/appeals", Appeal, Token)).Content.ReadFromJsonAsync<JsonElement>(Token);
        _id = filed.GetProperty("caseId").GetString()!;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    [Trait("behaviour", "Personal data: unmasking needs a reason and is logged")]
    public async Task Unmask_DutyOfficerWithAReason_IsShownOnceLoggedAndInTheHistory()
    {
        var (status, answer, caching) = await UnmaskAsync(CityApp.DutyKey, "call back about the 13812345678 complaint");
        Assert.Equal((HttpStatusCode.OK, "no-store"), (status, caching));
        Assert.Equal(("Zhang San", "13812345678"), (answer.GetProperty("name").GetString(), answer.GetProperty("phone").GetString()));
        Assert.Contains("Zhang San on 13812345678", answer.GetProperty("text").GetString(), StringComparison.Ordinal);

        var history = await _app.Services.GetRequiredService<CaseStore>().HistoryAsync(_id, Token);
        var line = Assert.Single(history, entry => entry.Summary?.StartsWith("unmasked", StringComparison.Ordinal) is true);
        Assert.Equal(("duty", "unmasked: call back about the [phone] complaint"), (line.Actor, line.Summary));
        var logged = Assert.Single(await LogAsync());
        Assert.Equal(("duty", "call back about the [phone] complaint", AccessOutcome.Shown), (logged.By, logged.Reason, logged.Outcome));
    }

    [Theory]
    [Trait("behaviour", "Personal data: a refused unmasking is logged too")]
    [InlineData(CityApp.StaffKey, "because", HttpStatusCode.Forbidden, "staff")]
    [InlineData(CityApp.IntakeKey, "because", HttpStatusCode.Forbidden, "hotline")]
    [InlineData(CityApp.DutyKey, " ", HttpStatusCode.BadRequest, "duty")]
    [InlineData(CityApp.DutyKey, null, HttpStatusCode.BadRequest, "duty")]
    public async Task Unmask_NoDutyOfficerOrNoReason_IsRefusedAndLogged(string key, string? reason, HttpStatusCode refusal, string by)
    {
        var (status, answer, _) = await UnmaskAsync(key, reason);
        Assert.Equal(refusal, status);
        Assert.DoesNotContain("13812345678", answer.GetRawText(), StringComparison.Ordinal);
        var logged = Assert.Single(await LogAsync());
        Assert.Equal((by, AccessOutcome.Refused), (logged.By, logged.Outcome));
        Assert.DoesNotContain(await _app.Services.GetRequiredService<CaseStore>().HistoryAsync(_id, Token), entry => entry.Summary?.StartsWith("unmasked", StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task Unmask_NothingPersonalWasSaid_IsNotThereAndLogged()
    {
        using var intake = _app.Client(CityApp.IntakeKey);
        var filed = await (await intake.PostAsJsonAsync("api/appeals", new { channel = "web", sourceId = "2", text = "garbage not collected" }, Token)).Content.ReadFromJsonAsync<JsonElement>(Token);
        _id = filed.GetProperty("caseId").GetString()!;
        Assert.Equal(HttpStatusCode.NotFound, (await UnmaskAsync(CityApp.DutyKey, "why")).Status);
        Assert.Equal(AccessOutcome.NothingSealed, Assert.Single(await LogAsync()).Outcome);
    }

    [Fact]
    public async Task Unmask_NoSuchCase_IsNotThere()
    {
        _id = CaseKeys.CaseId("hotline", "never");
        Assert.Equal(HttpStatusCode.NotFound, (await UnmaskAsync(CityApp.DutyKey, "why")).Status);
    }

    [Fact]
    public async Task Unmaskings_OfACase_AreListedForDutyOfficersAlone()
    {
        await UnmaskAsync(CityApp.StaffKey, "curious");
        await UnmaskAsync(CityApp.DutyKey, "call back");
        using var duty = _app.Client(CityApp.DutyKey);
        var listed = await duty.GetFromJsonAsync<JsonElement>($"api/cases/{_id}/unmask", Token);
        Assert.Equal([("staff", "refused"), ("duty", "shown")], listed.EnumerateArray().Select(entry => (entry.GetProperty("by").GetString(), entry.GetProperty("outcome").GetString())));
        using var staff = _app.Client(CityApp.StaffKey);
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.GetAsync($"api/cases/{_id}/unmask", Token)).StatusCode);
    }

    [Fact]
    public async Task Add_ManyAtOneInstant_KeepsThemAll()
    {
        await using var store = await TestStore.OpenAsync();
        var log = new AccessLog(store.Tables, store.Clock);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => log.AddAsync(_id, new Caller($"c{i}", Role.Staff), new string('x', 10_000), AccessOutcome.Refused, Token)));
        Assert.Equal(20, (await log.OfAsync(_id, Token)).Select(entry => entry.By).Distinct().Count());
    }

    private Task<IReadOnlyList<AccessEntry>> LogAsync() => _app.Services.GetRequiredService<AccessLog>().OfAsync(_id, Token);

    private async Task<(HttpStatusCode Status, JsonElement Answer, string? Caching)> UnmaskAsync(string key, string? reason)
    {
        using var client = _app.Client(key);
        var response = await client.PostAsJsonAsync($"api/cases/{_id}/unmask", new { reason }, Token);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Token), response.Headers.CacheControl?.ToString());
    }
}
