using System.Text.Json;
using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.ServiceBus.Broker;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class JavaScriptClientTests
{
    [Fact]
    public async Task Client_SensorEventsSessionsDeadLetters_AllAsInAzure()
    {
        await using var bus = await StartAsync(new ServiceBusOptions
        {
            Queues =
            [
                new QueueOptions { Name = "sensor-events" },
                new QueueOptions { Name = "sessions", RequiresSession = true, LockDuration = TimeSpan.FromSeconds(1.2) },
                new QueueOptions { Name = "plain" },
            ],
        });
        using var result = JsonDocument.Parse(await Npm.RunAsync("ServiceBus/js", "client.js", bus.ConnectionString()));
        TestContext.Current.TestOutputHelper?.WriteLine(result.RootElement.GetRawText());
        Assert.Equal("""{"distinct":10000,"twice":0,"mostDeliveries":0}""", Text(result, "sensors"));
        Assert.Equal(
            """{"first":1,"taken":"SessionCannotBeLocked","lost":"SessionLockLost","again":[[2,1],[3,0]],"state":"state","none":"SessionCannotBeLocked"}""", Text(result, "sessions"));
        Assert.Equal(
            """{"dead":["bad","Malformed","no device","plain","me"],"back":["again",1,1],"deferred":"later","peeked":["scheduled","scheduled"],"left":0}""", Text(result, "deadLetters"));
        Assert.Equal("50", Text(result, "subscribed"));
        foreach (var queue in new[] { "sensor-events", "plain" })
        {
            Assert.Empty(await bus.Client.CreateReceiver(queue).PeekMessagesAsync(1, cancellationToken: Token));
        }
    }

    private static string Text(JsonDocument result, string part) => result.RootElement.GetProperty(part).GetRawText();
}
