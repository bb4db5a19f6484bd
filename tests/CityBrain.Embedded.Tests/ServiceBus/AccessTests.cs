using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Broker;
using Microsoft.Extensions.Configuration;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class AccessTests
{
    private static Task<BusFixture> StartWithKeysAsync() => StartAsync(new ServiceBusOptions
    {
        Queues = [new QueueOptions { Name = "q" }, new QueueOptions { Name = "q2" }],
        Keys = [new SharedAccessKey("device", "d", ["q"], AccessRights.Send), new SharedAccessKey("reader", "r", ["q"], AccessRights.Listen)],
    });

    [Fact]
    public async Task Attach_KeyOpensQueueAndRight_OthersRefused()
    {
        await using var bus = await StartWithKeysAsync();
        await using var device = bus.Impatient("device", "d");
        await using var reader = bus.Impatient("reader", "r");
        await device.CreateSender("q").SendMessageAsync(new ServiceBusMessage("m"), Token);
        Assert.Equal("m", (await bus.ReceiveAsync(reader.CreateReceiver("q"))).Body.ToString());
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => device.CreateSender("q2").SendMessageAsync(new ServiceBusMessage("m"), Token));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => device.CreateReceiver("q").ReceiveMessageAsync(Soon, Token));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => device.CreateReceiver("q", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }).ReceiveMessageAsync(Soon, Token));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => reader.CreateSender("q").SendMessageAsync(new ServiceBusMessage("m"), Token));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => device.CreateReceiver("q").PeekMessageAsync(cancellationToken: Token));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => reader.CreateSender("q").ScheduleMessageAsync(new ServiceBusMessage("m"), DateTimeOffset.MaxValue, Token));
    }

    [Theory]
    [InlineData("root", "wrong")]
    [InlineData("nobody", Secret)]
    public async Task PutToken_WrongKey_Refused(string name, string key)
    {
        await using var bus = await StartWithKeysAsync();
        await using var client = bus.Impatient(name, key);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => client.CreateSender("q").SendMessageAsync(new ServiceBusMessage("m"), Token));
    }

    [Fact]
    public async Task Attach_UnknownQueue_NotFound()
    {
        await using var bus = await StartWithKeysAsync();
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, await ReasonAsync(() => bus.Client.CreateSender("none").SendMessageAsync(new ServiceBusMessage("m"), Token)));
    }

    [Fact]
    public async Task PutToken_SignatureInTheConnectionString_OpensWhatItNamesUntilItExpires()
    {
        await using var bus = await StartWithKeysAsync();
        var now = TimeProvider.System.GetUtcNow();
        await using var good = Signed(bus, "amqps://127.0.0.1/q", now.AddMinutes(5));
        await good.CreateSender("q").SendMessageAsync(new ServiceBusMessage("m"), Token);
        await using var expired = Signed(bus, "http://127.0.0.1:99/q", now.AddMinutes(-1));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => expired.CreateSender("q").SendMessageAsync(new ServiceBusMessage("m"), Token));
        await using var other = Signed(bus, "sb://127.0.0.1/q2", now.AddMinutes(5));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => other.CreateSender("q").SendMessageAsync(new ServiceBusMessage("m"), Token));
    }

    [Fact]
    public async Task Send_TokenExpiresOnAnOpenLink_RefusedFromThen()
    {
        await using var bus = await StartWithKeysAsync();
        await using var client = Signed(bus, "sb://127.0.0.1/", TimeProvider.System.GetUtcNow().AddSeconds(2));
        var sender = client.CreateSender("q");
        await sender.SendMessageAsync(new ServiceBusMessage("m"), Token);
        Exception? refusal = null;
        for (var tries = 0; refusal is null && tries < 100; tries++)
        {
            Assert.Null(await bus.Client.CreateReceiver("q2").ReceiveMessageAsync(TimeSpan.FromMilliseconds(100), Token));
            refusal = await Record.ExceptionAsync(() => sender.SendMessageAsync(new ServiceBusMessage("m"), Token));
        }

        Assert.IsType<UnauthorizedAccessException>(refusal);
    }

    [Theory]
    [InlineData("amqp://localhost/q", "amqps://localhost/", true)]
    [InlineData("sb://localhost:5999/q", "sb://localhost:5999/q", true)]
    [InlineData("sb://LOCALHOST/Q/$management", "http://localhost:7072/q", true)]
    [InlineData("amqp://localhost/q", "localhost/q/", true)]
    [InlineData("amqp://localhost/q2", "sb://localhost/q", false)]
    [InlineData("amqp://localhost/", "sb://localhost/q", false)]
    [InlineData("amqp://other/q", "sb://localhost/q", false)]
    public void Verify_AudienceAndResource_HostAndPathDecide(string audience, string resource, bool opens)
    {
        var keys = new SharedAccessKeys([new SharedAccessKey("k", "secret", ["*"], AccessRights.Manage)]);
        var token = SharedAccessSignature.Create(resource, "k", "secret", TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Equal(opens, keys.Verify(token, audience, out _) is not null);
    }

    [Fact]
    public void Create_KnownInput_MatchesTheDocumentedAlgorithm()
    {
        // The signature was computed apart, with openssl dgst -sha256 -hmac key over the encoded URI, a line feed and the expiry.
        var token = SharedAccessSignature.Create("http://localhost:7072/q", "device", "key", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        Assert.Equal("SharedAccessSignature sr=http%3A%2F%2Flocalhost%3A7072%2Fq&sig=tW7ACcA9I%2BdppC1MRnRdVPsu1VPC%2BJnMWCyDwACE%2FUs%3D&se=1700000000&skn=device", token);
    }

    [Fact]
    public void Read_Settings_KeysQueuesAndRights()
    {
        var options = Read(("Port", "0"), ("SharedAccessKeys:device:Key", "d"), ("SharedAccessKeys:device:Queues:0", "a"), ("SharedAccessKeys:device:Queues:1", "b"), ("SharedAccessKeys:device:Rights", "Send, Listen"),
            ("Queues:a:LockDuration", "00:00:30"), ("Queues:a:MaxMessageSize", "2048"));
        var (key, queue) = (options.Keys.Single(), options.Queues.Single());
        Assert.Equal((true, true, false, false), (key.Opens("A", AccessRights.Send), key.Opens("b", AccessRights.Listen), key.Opens("b", AccessRights.Manage), key.Opens("c", AccessRights.Send)));
        Assert.Equal((TimeSpan.FromSeconds(30), 2048), (queue.LockDuration, queue.MaxMessageSize));
    }

    [Theory]
    [InlineData("SharedAccessKeys:device", "old form")]
    [InlineData("SharedAccessKeys:device:Key", "no queues")]
    [InlineData("Queues:a:MaxDeliveryCount", "0")]
    [InlineData("Queues:a:LockDuration", "soon")]
    [InlineData("Address", "localhost")]
    [InlineData("Port", "70000")]
    public void Read_WrongSetting_OneSentence(string name, string value) => Assert.Contains(name.Split(':')[^1], Assert.Throws<InvalidOperationException>(() => Read((name, value))).Message, StringComparison.OrdinalIgnoreCase);

    private static ServiceBusOptions Read(params (string Key, string Value)[] settings) =>
        ServiceBusOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());

    private static ServiceBusClient Signed(BusFixture bus, string resource, DateTimeOffset expiry) => new(
        $"Endpoint=sb://127.0.0.1:{bus.Server.Port};SharedAccessSignature={SharedAccessSignature.Create(resource, "root", Secret, expiry)};UseDevelopmentEmulator=true",
        new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = 0 } });
}
