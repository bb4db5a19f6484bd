using System.Net.Http.Json;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.Tests;

namespace CityBrain.Tests.Process;

/// <summary>The official JavaScript clients against the running app: devices that send by AMQP, and a reader of its tables.</summary>
public sealed class JavaScriptClientsTests
{
    private const int Events = 10_000;
    private const int Wrong = 25;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Devices_TenThousandEventsFromFourConnections_AreAllTakenByTheApp()
    {
        await using var app = await CityApp.StartAsync(
            "--Embedded:SharedAccessKeys:devices:Key=device-key", "--Embedded:SharedAccessKeys:devices:Queues=sensor-events", "--Embedded:SharedAccessKeys:devices:Rights=Send");
        var (root, device) = (app.ServiceBusConnection, app.ServiceBusConnectionOf("devices", "device-key"));
        await Npm.RunAsync("Process/js", "devices.mjs", device, $"{Events}", $"{Wrong}");

        await using var bus = new ServiceBusClient(root);
        await using var queue = bus.CreateReceiver("sensor-events");
        await using var letters = bus.CreateReceiver("sensor-events", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        await Eventually.ReadsAsync(() => queue.PeekMessageAsync(0, Stop), message => message is null);
        var dead = await letters.PeekMessagesAsync(Events, cancellationToken: Stop);
        Assert.Equal((Wrong, "NoReading"), (dead.Count, Assert.Single(dead.Select(letter => letter.DeadLetterReason).Distinct())));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => new ServiceBusClient(device, new ServiceBusClientOptions { RetryOptions = { MaxRetries = 0 } }).CreateReceiver("sensor-events").PeekMessageAsync(cancellationToken: Stop));
    }

    [Fact]
    public async Task Tables_OfTheApp_AreReadByTheJavaScriptClient()
    {
        await using var app = await CityApp.StartAsync();
        using var hotline = app.Client(CityApp.IntakeKey);
        var filed = new List<string>();
        foreach (var number in Enumerable.Range(0, 20))
        {
            using var answer = await hotline.PostAsJsonAsync("/api/appeals", new { channel = "hotline", sourceId = $"{number}", text = $"The street light {number} is out." }, Stop);
            filed.Add((await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("caseId").GetString()!);
        }

        using var read = JsonDocument.Parse(await Npm.RunAsync("Process/js", "tables.mjs", app.TableStorage));
        var rows = read.RootElement.EnumerateArray().Select(row => row.GetProperty("rowKey").GetString()!).ToList();
        Assert.All(filed, id => Assert.Contains(rows, row => row.Contains(id, StringComparison.Ordinal)));
        Assert.All(read.RootElement.EnumerateArray(), row => Assert.StartsWith("W/", row.GetProperty("etag").GetString(), StringComparison.Ordinal));
    }
}
