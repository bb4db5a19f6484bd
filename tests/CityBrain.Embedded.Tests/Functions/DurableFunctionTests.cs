using System.Net.Http.Json;
using System.Text.Json;
using CityBrain.Embedded.Hosting;

namespace CityBrain.Embedded.Tests.Functions;

/// <summary>Orchestrations in the unmodified official worker, over the whole way: HTTP, durable client, task hub, worker.</summary>
public sealed class DurableFunctionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orchestrations_OfEachSort_GiveTheirResults()
    {
        await using var host = await TestHost.StartAsync("--Embedded:ClockSpeed=50");
        await StartAsync(host, "Sequence", "s", 10);
        await StartAsync(host, "FanOut", "f", 50);
        await StartAsync(host, "Parent", "p", 3);
        await StartAsync(host, "Failing", "x", "boom");
        await StartAsync(host, "Retries", "r", "r");
        await StartAsync(host, "WaitsFor", "w", 30);
        await StartAsync(host, "WaitsFor", "n", 1_000_000);
        await StartAsync(host, "Counts", "c", new { Wanted = 3 });
        await RaiseAsync(host, "n", "news", "hello");
        for (var i = 0; i < 3; i++)
        {
            await RaiseAsync(host, "c", "one", 1);
        }

        Assert.Equal(("Completed", "10"), await EndAsync(host, "s"));
        Assert.Equal(("Completed", "1275"), await EndAsync(host, "f"));
        Assert.Equal(("Completed", "3"), await EndAsync(host, "r"));
        Assert.Equal(("Completed", "\"timeout\""), await EndAsync(host, "w"));
        Assert.Equal(("Completed", "\"hello\""), await EndAsync(host, "n"));
        Assert.Equal(("Completed", "3"), await EndAsync(host, "c"));
        Assert.Equal(("Completed", "3"), await EndAsync(host, "p-child"));
        Assert.StartsWith("\"3, Microsoft.DurableTask.TaskFailedException: ", (await EndAsync(host, "p")).Output, StringComparison.Ordinal);
        var (status, output) = await EndAsync(host, "x");
        Assert.Equal("Failed", status);
        Assert.Contains("failure boom", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clock_JumpsWhenNothingIsUnderWay_ADayPassesAtOnce()
    {
        await using var host = await TestHost.StartAsync("--Embedded:ClockStart=2030-05-01T00:00:00Z", "--Schedule=0 0 12 * * *");
        await StartAsync(host, "WaitsFor", "w", 86_400);
        var (work, end) = (host.Host.Get<DueWork>(), EndAsync(host, "w"));
        while (!end.IsCompleted)
        {
            // Somebody waits by HTTP for the end, so that call is under way all the time: the others must be at rest.
            if (host.Host.Get<IEnumerable<IDueWork>>().SkipLast(1).All(part => part.IsIdle) && host.Host.Get<IEnumerable<IDueWork>>().Min(part => part.NextDue) is { } next)
            {
                host.Host.Clock.JumpTo(next);
            }

            await Task.Delay(20, Stop);
        }

        Assert.Equal(("Completed", "\"timeout\""), await end);
        Assert.StartsWith("tick 2030-05-01T12:00:00", await host.Folder.MarkAsync("tick"), StringComparison.Ordinal);
        while (work.NextWhenIdle is null)
        {
            await Task.Delay(20, Stop);
        }

        Assert.Equal(TimeSpan.FromHours(12), work.NextWhenIdle!.Value.TimeOfDay);
    }

    [Fact]
    public async Task Worker_DiesInTheMiddle_OrchestrationsGoOnAndNoStepIsLost()
    {
        await using var host = await TestHost.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await StartAsync(host, "Sequence", $"s{i}", 40);
        }

        await host.Folder.MarkAsync("add", count: 100);
        (await host.Client.PostAsync("/api/dies", null, Stop)).Dispose();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(("Completed", "40"), await EndAsync(host, $"s{i}"));
        }
    }

    [Fact]
    public async Task Host_KilledInTheMiddle_OrchestrationsGoOnAtTheNextStart()
    {
        using var folder = new TestFolder();
        using (var killed = await HostProcess.StartAsync(TestHost.SettingsOf(folder)))
        {
            using var client = new HttpClient { BaseAddress = killed.Http };
            for (var i = 0; i < 20; i++)
            {
                using var answer = await client.PostAsJsonAsync($"/api/orchestrations/Sequence/s{i}", 40, Stop);
                answer.EnsureSuccessStatusCode();
            }

            await folder.MarkAsync("add", count: 100);
            killed.Kill();
        }

        await using var host = await TestHost.StartOnAsync(folder);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(("Completed", "40"), await EndAsync(host, $"s{i}"));
        }
    }

    private static async Task StartAsync(TestHost host, string name, string id, object input) =>
        (await host.Client.PostAsJsonAsync($"/api/orchestrations/{name}/{id}", input, Stop)).EnsureSuccessStatusCode().Dispose();

    private static async Task RaiseAsync(TestHost host, string id, string name, object payload) =>
        (await host.Client.PostAsJsonAsync($"/api/orchestrations/{id}/events/{name}", payload, Stop)).EnsureSuccessStatusCode().Dispose();

    private static async Task<(string Status, string Output)> EndAsync(TestHost host, string id)
    {
        while (true)
        {
            using var answer = await host.Client.GetAsync($"/api/orchestrations/{id}/end", Stop);
            if (answer.IsSuccessStatusCode)
            {
                var end = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
                return (end.GetProperty("status").GetString()!, end.GetProperty("output").GetString()!);
            }

            await Task.Delay(50, Stop);
        }
    }
}
