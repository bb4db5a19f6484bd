using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityBrain.Cases;
using CityBrain.Supervision;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Tests.Supervision;

/// <summary>Supervision in the whole app: its routes are there, its services fit together, and the cockpit's figures are its own.</summary>
public sealed class SupervisionAppTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rates_OfTheApp_CountACallbackOnce()
    {
        await using var app = await CityApp.StartAsync("--Supervision:MinimumAnswers=1");
        var entry = Notifications.Entries.Of(CaseAction.ReportUnsolved, CaseState.Reopened, at: app.Services.GetRequiredService<TimeProvider>().GetUtcNow()) with { Outcome = new(true, false, null) };
        var durable = new FakeDurable();
        var writer = app.Services.GetServices<IOutboxHandler>().OfType<FactWriter>().Single();
        await writer.HandleAsync(entry, durable.Client, Stop);
        await writer.HandleAsync(entry, durable.Client, Stop);
        using var staff = app.Client(CityApp.StaffKey);
        var all = (await staff.GetFromJsonAsync<JsonElement>("api/supervision/rates", Stop)).GetProperty("all");
        Assert.Equal((1, 1), (all.GetProperty("answered").GetInt32(), all.GetProperty("response").GetProperty("numerator").GetInt32()));
        Assert.Equal(0, all.GetProperty("resolution").GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Routes_OfSupervision_AreForStaffOnly()
    {
        await using var app = await CityApp.StartAsync();
        using var staff = app.Client(CityApp.StaffKey);
        using var intake = app.Client(CityApp.IntakeKey);
        foreach (var route in new[] { "rates", "cases", "exclusions", "snapshots", "overdue", "problems", "flags" })
        {
            Assert.Equal((HttpStatusCode.OK, route), ((await staff.GetAsync("api/supervision/" + route, Stop)).StatusCode, route));
            Assert.Equal((HttpStatusCode.Forbidden, route), ((await intake.GetAsync("api/supervision/" + route, Stop)).StatusCode, route));
        }

        foreach (var query in new[] { "rates?month=2024-13", "rates?by=shoe", "rates?snapshot=0", "cases?limit=0", "overdue?step=7" })
        {
            Assert.Equal((HttpStatusCode.BadRequest, query), ((await staff.GetAsync("api/supervision/" + query, Stop)).StatusCode, query));
        }
    }

    [Fact]
    public async Task Start_WeightsThatAreNot100_StopsWithASentence()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => CityApp.StartAsync("--Supervision:ResponseWeight=50"));
        Assert.Contains("add up to 100", failure.ToString(), StringComparison.Ordinal);
    }
}
