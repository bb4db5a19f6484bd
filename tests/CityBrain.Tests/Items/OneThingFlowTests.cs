using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityBrain.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Tests.Items;

/// <summary>Somebody wants to open a restaurant: three departments, one answer, through the whole app.</summary>
public sealed class OneThingFlowTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("behaviour", "Beyond the public systems: a matter of several departments is split into items and gets one answer")]
    public async Task OneThing_OfTheCitysList_BecomesItemsAndOneAnswer()
    {
        await using var app = await CityApp.StartAsync();
        using var intake = app.Client(CityApp.IntakeKey);
        using var duty = app.Client(CityApp.DutyKey);
        var cases = app.Services.GetRequiredService<CaseStore>();
        var appeal = new { channel = "hotline", sourceId = "1", text = "I want to open a restaurant here, what do I need?", location = new { lat = 40.7, lon = -73.95 } };
        var filed = await (await intake.PostAsJsonAsync("api/appeals", appeal, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var parent = filed.GetProperty("caseId").GetString()!;
        await HandleAsync(duty, cases, parent);
        await UntilAsync(cases, parent, found => found?.Items is not null);

        foreach (var key in new[] { "licence", "fire", "food" })
        {
            Assert.Equal(HttpStatusCode.Conflict, await PostAsync(duty, parent, "reply", new { text = "Everything for your restaurant was approved on 3 March 2026." }));
            var item = CaseItem.CaseIdOf(parent, key);
            await HandleAsync(duty, cases, item);
            Assert.Equal(HttpStatusCode.OK, await PostAsync(duty, item, "reply", new { text = $"The {key} for the restaurant was inspected and approved at your premises on 2 March 2026 at 10:00." }));
            await UntilAsync(cases, item, found => found?.State is CaseState.Closed);
            await UntilAsync(cases, parent, found => found!.Items!.Single(one => one.Key == key).IsSettled);
        }

        Assert.Equal(HttpStatusCode.OK, await PostAsync(duty, parent, "reply", new { text = "What you need to open a restaurant here: a licence, a fire check and a food permit. All three were issued for your premises at 12 First Street on 2 March 2026 at 10:00, because the kitchen was inspected and approved." }));
        var view = await duty.GetFromJsonAsync<JsonElement>("api/cases/" + parent, Stop);
        Assert.Equal(["done", "done", "done"], view.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("standing").GetString()!));
        await UntilAsync(cases, parent, found => found?.State is CaseState.Verified);
    }

    private static async Task HandleAsync(HttpClient duty, CaseStore cases, string caseId)
    {
        await UntilAsync(cases, caseId, found => found?.State is CaseState.Dispatched);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(duty, caseId, "accept", new { }));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(duty, caseId, "arrive", new { }));
    }

    private static Task UntilAsync(CaseStore cases, string caseId, Predicate<Case?> reached) =>
        Eventually.HoldsAsync(async () => reached(await cases.FindAsync(caseId, Stop)));

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string caseId, string command, object body) =>
        (await client.PostAsJsonAsync($"api/cases/{caseId}/{command}", body, Stop)).StatusCode;
}
