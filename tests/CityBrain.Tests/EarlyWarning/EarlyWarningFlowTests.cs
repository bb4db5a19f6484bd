using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.EarlyWarning.Watching;
using CityBrain.Intake;
using CityBrain.Tests.City;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Tests.EarlyWarning;

/// <summary>Early warning in the running app, from the queue to the routes.</summary>
public sealed class EarlyWarningFlowTests : IAsyncLifetime
{
    // What is told of lies before now, as lists show the last weeks; ten in the morning in the city.
    private static readonly DateTimeOffset Start = new(DateTime.UtcNow.Date.AddDays(-41).AddHours(2), TimeSpan.Zero);

    private CityApp _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await CityApp.StartAsync("--EarlyWarning:FalseEpisodesAWeek=0.1");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    [Trait("behaviour", "Early warning: the same trouble is one topic, and shows no person")]
    public async Task Appeals_OfOneTrouble_BecomeOneTopic()
    {
        using var intake = _app.Client(CityApp.IntakeKey);
        string[] texts = ["The concrete plant beside Sunny Park makes dust all night", "Dust and noise from the concrete plant at Sunny Park", "Concrete plant dust again near Sunny Park, call me at 13800138000"];
        for (var i = 0; i < texts.Length; i++)
        {
            var answer = await intake.PostAsJsonAsync("/api/appeals", new { channel = "app", sourceId = $"t{i}", text = texts[i], reporter = new { phone = $"1390013900{i}" }, location = new { lat = 40.757, lon = -73.835 } }, Token);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        using var staff = _app.Client(CityApp.StaffKey);
        var topics = await Eventually.ReadsAsync(() => JsonAsync(staff, "/api/topics"), found => found.GetProperty("topics").EnumerateArray().Any(topic => topic.GetProperty("reporters").GetInt32() == 3));
        var topic = Assert.Single(topics.GetProperty("topics").EnumerateArray());
        var one = await JsonAsync(staff, $"/api/topics/{topic.GetProperty("id").GetInt32()}");
        Assert.Equal(3, one.GetProperty("cases").GetArrayLength());
        Assert.DoesNotContain("13800138000", one.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("1390013900", one.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await intake.GetAsync("/api/topics", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync("/api/topics/9999", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync("/api/topics/none", Token)).StatusCode);
    }

    [Fact]
    [Trait("behaviour", "Early warning: a burst opens one warning and one case, with owner, disposition and precision")]
    public async Task Burst_OpensAWarningWithACase_ThatPeopleRule()
    {
        await TellAsync(Weeks(40));
        await TellAsync(Burst(40));
        using var duty = _app.Client(CityApp.DutyKey);
        var warning = await WarningAsync(duty, warning => warning.TryGetProperty("caseId", out _));
        var id = warning.GetProperty("id").GetString()!;
        Assert.Equal("noise-construction", warning.GetProperty("categoryCode").GetString());
        var opened = await Eventually.ReadsAsync(() => _app.Services.GetRequiredService<CaseStore>().FindAsync(warning.GetProperty("caseId").GetString()!, Token), found => found?.State is CaseState.Dispatched);
        Assert.Equal(("noise-construction", OriginKind.Warning), (opened!.Triage!.CategoryCode, opened.Origin.Kind));

        // The cases of this test were told of and never filed, so none of them can be shown; their ids are the evidence of the signs.
        var evidence = await JsonAsync(duty, $"/api/warnings/{id}");
        Assert.Contains(evidence.GetProperty("signs").EnumerateArray(), sign => sign.GetProperty("cases").EnumerateArray().Any(one => one.GetString()!.StartsWith('b')));
        Assert.Equal(0, evidence.GetProperty("cases").GetArrayLength());

        var badly = await duty.PostAsJsonAsync($"/api/warnings/{id}/disposition", new { disposition = "false" }, Token);
        Assert.Equal(HttpStatusCode.BadRequest, badly.StatusCode);
        var ruled = await duty.PostAsJsonAsync($"/api/warnings/{id}/disposition", new { owner = "dep", disposition = "true" }, Token);
        Assert.Equal(HttpStatusCode.OK, ruled.StatusCode);
        var list = await JsonAsync(duty, "/api/warnings");
        Assert.Equal(1, list.GetProperty("precision").GetProperty("precision").GetDouble());
        Assert.Equal("dep", (await JsonAsync(duty, $"/api/warnings/{id}")).GetProperty("owner").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await duty.GetAsync("/api/warnings/none", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await duty.PostAsJsonAsync("/api/warnings/noise-1%7C2/disposition", new { disposition = "true" }, Token)).StatusCode);

        var notices = await JsonAsync(duty, "/api/notices?channel=duty");
        Assert.Single(notices.GetProperty("notices").EnumerateArray(), notice => notice.GetProperty("kind").GetString() == "warningRaised");
    }

    [Fact]
    [Trait("behaviour", "Early warning: a device out of its own ordinary warns before any threshold, and its faults are no alarm")]
    public async Task Gauge_OutOfItsOrdinary_WarnsAndItsSilenceIsAFault()
    {
        var gauge = DemoCity.Model.Devices.Find("river-gauge-queens")!;
        var desk = _app.Services.GetRequiredService<DeviceDesk>();
        SensorReading At(int quarter, double value) => new(gauge.Id, "level", value, Start.AddMinutes(15 * quarter));
        var calm = Enumerable.Range(0, 24 * 4 * 20).Select(quarter => At(quarter, Math.Round(-0.2 + (0.01 * Math.Sin(quarter / 50.0)), 3))).ToList();
        var rise = Enumerable.Range(0, 16).Select(step => At(calm.Count + step, Math.Round(-0.2 + (0.015 * step), 3)));
        await desk.TakeAsync(gauge, [.. calm, .. rise], Token);

        // The rule of the gauge trips at 0.1, which was never reached.
        using var duty = _app.Client(CityApp.DutyKey);
        var warning = await WarningAsync(duty, warning => warning.GetProperty("devices").GetInt32() == 1);
        Assert.Equal("river-high", warning.GetProperty("categoryCode").GetString());
        await desk.TakeAsync(gauge, [.. calm, .. rise], Token);

        await desk.AdvanceAsync(Start.AddDays(30), Token);
        var device = (await JsonAsync(duty, "/api/devices")).GetProperty("devices").EnumerateArray().Single(device => device.GetProperty("id").GetString() == gauge.Id);
        Assert.Equal("dropout", Assert.Single(device.GetProperty("measures")[0].GetProperty("faults").EnumerateArray()).GetProperty("kind").GetString());
        Assert.Single((await JsonAsync(duty, "/api/warnings")).GetProperty("warnings").EnumerateArray());
    }

    private static IEnumerable<WatchEntry> Weeks(int days)
    {
        var areas = DemoCity.Model.Areas.All.Where(area => area.Level is AreaLevel.Community).Select(area => area.Id).Take(12).ToArray();
        var random = new Random(5);
        for (var day = 0; day < days; day++)
        {
            for (var i = 0; i < 4; i++)
            {
                var (code, text) = random.Next(2) == 0 ? ("noise-construction", "construction noise early in the morning") : ("missed-collection", "the collection was missed again");
                yield return Case($"q{day}-{i}", Start.AddDays(day).AddHours(i), $"{text} in road {random.Next(1000)}", code, areas[random.Next(areas.Length)]);
            }
        }
    }

    private static IEnumerable<WatchEntry> Burst(int day)
    {
        var area = DemoCity.Model.Areas.All.First(area => area.Level is AreaLevel.Community).Id;
        string[] texts = ["pile driving at the new tower every night", "the new tower: pile driver works at night", "cannot sleep, pile driving of the tower", "night work with a pile driver at the tower site"];
        return Enumerable.Range(0, 12).Select(i => Case($"b{i}", Start.AddDays(day).AddMinutes(i), texts[i % texts.Length], "noise-construction", area));
    }

    private static WatchEntry Case(string id, DateTimeOffset at, string text, string category, string area) =>
        new("case-" + id, at) { Case = new(id, "", text, category, area, "r" + id) };

    private async Task TellAsync(IEnumerable<WatchEntry> entries)
    {
        var queue = _app.Services.GetRequiredService<WatchQueue>();
        foreach (var entry in entries)
        {
            await queue.SendAsync(entry, Token);
        }
    }

    private static async Task<JsonElement> WarningAsync(HttpClient client, Func<JsonElement, bool> isIt)
    {
        var list = await Eventually.ReadsAsync(() => JsonAsync(client, "/api/warnings"), found => found.GetProperty("warnings").EnumerateArray().Any(isIt));
        return list.GetProperty("warnings").EnumerateArray().First(isIt);
    }

    private static async Task<JsonElement> JsonAsync(HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(path, Token);
}
