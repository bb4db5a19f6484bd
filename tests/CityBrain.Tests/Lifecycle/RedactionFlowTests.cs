using System.Net.Http.Json;
using System.Text.Json;
using CityBrain.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Tests.Lifecycle;

public sealed class RedactionFlowTests
{
    [Fact]
    public async Task Appeal_WithTheServiceConfigured_IsRedactedByItAndDispatched()
    {
        await using var server = await LanguageServer.StartAsync();
        await using var app = await CityApp.StartAsync($"--Language:Endpoint={server.Address}", $"--Language:Key={LanguageServer.Key}");
        using var intake = app.Client(CityApp.IntakeKey);
        var appeal = new { channel = "hotline", sourceId = "1", text = "Wendell Quist: Missed collection, the garbage was not collected", location = new { lat = 40.7, lon = -73.95 } };
        var filed = await (await intake.PostAsJsonAsync("api/appeals", appeal, TestContext.Current.CancellationToken)).Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var cases = app.Services.GetRequiredService<CaseStore>();
        for (var waited = 0; ; waited++)
        {
            var found = (await cases.FindAsync(filed.GetProperty("caseId").GetString()!, TestContext.Current.CancellationToken))!;
            if (found.State is CaseState.Dispatched)
            {
                Assert.Equal("[name]: Missed collection, the garbage was not collected", found.Text);
                return;
            }

            Assert.InRange(waited, 0, 600);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
