using System.Net;
using System.Text;
using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;

namespace CityBrain.Embedded.Tests.Functions;

/// <summary>Service Bus triggers in the unmodified official worker, and what stands behind the app's connections.</summary>
public sealed class QueueFunctionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_OfEachSort_AreTakenAndSettled()
    {
        await using var host = await TestHost.StartAsync("--Embedded:SharedAccessKeys:device:Key=device-key", "--Embedded:SharedAccessKeys:device:Queues=single", "--Embedded:SharedAccessKeys:device:Rights=Send");
        await using var bus = new ServiceBusClient(host.Host.ServiceBusConnection);
        await bus.CreateSender("single").SendMessagesAsync([new("first"), new("fail")], Stop);
        await bus.CreateSender("batch").SendMessagesAsync([new("good"), new("bad"), new("again")], Stop);
        await bus.CreateSender("ordered").SendMessagesAsync(Enumerable.Range(0, 60).Select(number => new ServiceBusMessage($"{number / 3}") { SessionId = $"s{number % 3}" }), Stop);

        await host.Folder.MarkAsync("one first 1");
        await host.Folder.MarkAsync("one fail 3");
        await host.Folder.MarkAsync("many good 1");
        await host.Folder.MarkAsync("many again 2 1");
        await host.Folder.MarkAsync("session", count: 60);
        Assert.All(Enumerable.Range(0, 3), session => Assert.Equal(
            Enumerable.Range(0, 20).Select(number => $"session s{session} {number}"),
            host.Folder.ReadMarks().Where(line => line.StartsWith($"session s{session} ", StringComparison.Ordinal))));

        var dead = await bus.CreateReceiver("batch", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }).ReceiveMessageAsync(Patience, Stop);
        Assert.Equal(("bad", "unreadable", "it says bad", "TakeMany"), (dead.Body.ToString(), dead.DeadLetterReason, dead.DeadLetterErrorDescription, dead.ApplicationProperties["by"]));
        var failed = await bus.CreateReceiver("single", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }).ReceiveMessageAsync(Patience, Stop);
        Assert.Equal(("fail", "MaxDeliveryCountExceeded"), (failed.Body.ToString(), failed.DeadLetterReason));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Unauthorized), (await SendAsDeviceAsync(host, "single"), await SendAsDeviceAsync(host, "batch")));
        await host.Folder.MarkAsync("one by device 1");
    }

    [Fact]
    public async Task Host_KilledInTheMiddle_NoMessageIsLost()
    {
        using var folder = new TestFolder();
        using (var killed = await HostProcess.StartAsync([.. TestHost.SettingsOf(folder), "--Embedded:SharedAccessKeys:device:Key=device-key", "--Embedded:SharedAccessKeys:device:Queues=*", "--Embedded:SharedAccessKeys:device:Rights=Send"]))
        {
            await using var bus = new ServiceBusClient($"Endpoint=sb://127.0.0.1:{killed.Amqp};SharedAccessKeyName=device;SharedAccessKey=device-key;UseDevelopmentEmulator=true");
            await bus.CreateSender("single").SendMessagesAsync(Enumerable.Range(0, 400).Select(number => new ServiceBusMessage($"m{number}")), Stop);
            await folder.MarkAsync("one m", count: 50);
            killed.Kill();
        }

        await using var host = await TestHost.StartOnAsync(folder);
        foreach (var number in Enumerable.Range(0, 400))
        {
            await folder.MarkAsync($"one m{number} ");
        }
    }

    [Fact]
    public async Task Tables_OfTheApp_AreThoseOfTheHostUnlessASettingLeadsElsewhere()
    {
        await using var host = await TestHost.StartAsync("--TableStorage=embedded", "--ServiceBusConnection=Endpoint=sb://elsewhere/;SharedAccessKeyName=a;SharedAccessKey=b");
        var tables = new TableServiceClient(host.Host.TableStorage);
        await tables.CreateTableAsync("Things", Stop);
        Assert.Equal("Things", (await tables.QueryAsync(cancellationToken: Stop).SingleAsync(Stop)).Name);
        Assert.Equal(host.Host.TableStorage, await host.Client.GetStringAsync("/api/setting?name=TableStorage", Stop));
        Assert.StartsWith("Endpoint=sb://elsewhere/", await host.Client.GetStringAsync("/api/setting?name=ServiceBusConnection", Stop), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> SendAsDeviceAsync(TestHost host, string queue)
    {
        var uri = $"{host.Host.Devices}{queue}";
        var until = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        var signature = Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData("device-key"u8, Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(uri)}\n{until}")));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{uri}/messages") { Content = new StringContent("by device") };
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedAccessSignature sr={Uri.EscapeDataString(uri)}&sig={Uri.EscapeDataString(signature)}&se={until}&skn=device");
        using var answer = await client.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
