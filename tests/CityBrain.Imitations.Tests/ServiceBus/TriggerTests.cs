using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.Storage;
using CityBrain.Embedded.Tests.Functions;
using Microsoft.Extensions.DependencyInjection;
using static CityBrain.Embedded.Tests.ServiceBus.BrokerFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class TriggerTests : IDisposable
{
    private const string HostJson = """
        { "version": "2.0", "extensions": { "serviceBus": { "maxConcurrentCalls": 4, "maxConcurrentSessions": 3, "maxMessageBatchSize": 5, "sessionIdleTimeout": "00:00:00.200", "maxAutoLockRenewalDuration": "00:00:30" } } }
        """;

    private readonly TriggerProbe _probe = new();
    private readonly string _folder = FunctionsTestHost.NewFolder(HostJson);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task String_QueueNameFromSetting_CompletedAfterSuccess()
    {
        await using var host = await StartAsync(typeof(TriggerFunctions.Text), "--TextQueue=texts");
        var client = Client(host);
        await client.CreateSender("texts").SendMessageAsync(new ServiceBusMessage("hello"), Token);
        await _probe.SeenAsync(1);
        await EmptyAsync(client.CreateReceiver("texts"));
        Assert.Equal(["hello"], _probe.Seen);
    }

    [Fact]
    public async Task Single_Throws_RetriedThenDeadLettered_OthersCompleted()
    {
        await using var host = await StartAsync(typeof(TriggerFunctions.Single), "--Embedded:Queues:q:MaxDeliveryCount=3");
        await SendAsync(host, "bad", "good");
        var dead = await DeadLetters(host).ReceiveMessageAsync(Soon, Token);
        Assert.Equal("MaxDeliveryCountExceeded", dead!.DeadLetterReason);
        await _probe.SeenAsync(4);
        Assert.Equal(["bad#1", "bad#2", "bad#3", "good#1"], _probe.Seen.Order());
        await EmptyAsync(Client(host).CreateReceiver("q"));
    }

    [Fact]
    public async Task Single_ManyMessages_NeverMoreThanMaxConcurrentCalls()
    {
        await using var host = await StartAsync(typeof(TriggerFunctions.Single));
        await SendAsync(host, [.. Enumerable.Range(0, 20).Select(i => $"wait{i}")]);
        await _probe.SeenAsync(4);
        await Task.Delay(Shortly, Token);
        Assert.Equal(4, _probe.Seen.Count);
        _probe.Gate.SetResult();
        await _probe.SeenAsync(20);
        Assert.Equal(4, _probe.MostConcurrent);
        await EmptyAsync(Client(host).CreateReceiver("q"));
    }

    [Fact]
    public async Task Single_LongerThanTheLock_LockRenewedAndDeliveredOnce()
    {
        await using var host = await StartAsync(typeof(TriggerFunctions.Single), "--Embedded:Queues:q:LockDuration=00:00:00.6");
        await SendAsync(host, "wait");
        await Task.Delay(2000, Token);
        _probe.Gate.SetResult();
        await EmptyAsync(Client(host).CreateReceiver("q"));
        Assert.Equal(["wait#1"], _probe.Seen);
    }

    [Fact]
    public async Task Single_AutoCompleteOff_LockedUntilExpiryThenAgain()
    {
        await using var host = await StartAsync(typeof(TriggerFunctions.Manual), "--Embedded:Queues:q:LockDuration=00:00:00.3");
        await SendAsync(host, "m");
        await _probe.SeenAsync(2);
        Assert.Equal(["m#1", "m#2"], _probe.Seen.Take(2));
    }

    [Fact]
    public async Task Stop_WhileRunning_CancelledMessagesStayInTheQueue()
    {
        await using (var host = await StartAsync(typeof(TriggerFunctions.Cancellable)))
        {
            await SendAsync(host, [.. Enumerable.Range(0, 10).Select(i => $"m{i}")]);
            await _probe.SeenAsync(4);
        }

        using var platform = EmbeddedPlatform.Open(new EmbeddedOptions { Path = Path.Combine(_folder, "city.db") });
        var left = await new ServiceBusClient(platform.ConnectionString).CreateReceiver("q").ReceiveMessagesAsync(100, Soon, Token);
        Assert.Equal(10, left.Count);
        Assert.Equal(4, _probe.Seen.Count);
    }

    [Fact]
    public async Task Batch_OneBadMessage_DeadLetteredAndTheRestCompleted()
    {
        await using var host = await StartAsync(typeof(TriggerFunctions.Batch));
        await SendAsync(host, "first");
        await Task.Delay(Shortly, Token);
        await SendAsync(host, "a", "bad", "b", "c", "d", "e", "f");
        _probe.Gate.SetResult();
        await _probe.SeenAsync(3);
        Assert.Equal(["first", "a,bad,b,c,d", "e,f"], _probe.Seen);
        var dead = await DeadLetters(host).ReceiveMessageAsync(Soon, Token);
        Assert.Equal(("bad", "Malformed", "not an event"), (dead!.MessageId, dead.DeadLetterReason, dead.DeadLetterErrorDescription));
        await EmptyAsync(Client(host).CreateReceiver("q"));
    }

    [Fact]
    public async Task Sessions_ManySessions_EachInOrderOneAtATimeWithState()
    {
        await using var host = await StartAsync(typeof(TriggerFunctions.Sessions));
        var sender = Client(host).CreateSender("q");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async s =>
        {
            for (var i = 0; i < 10; i++)
            {
                await sender.SendMessageAsync(new ServiceBusMessage($"{i}") { SessionId = $"s{s}" }, Token);
            }
        }));
        await _probe.SeenAsync(80);
        Assert.False(_probe.Overlapped);
        Assert.InRange(_probe.MostConcurrent, 2, 3);
        for (var s = 0; s < 8; s++)
        {
            Assert.Equal(Enumerable.Range(0, 10).Select(i => $"s{s}:{i}:{(i == 0 ? "" : i - 1)}"), _probe.Seen.Where(seen => seen.StartsWith($"s{s}:", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Start_UnsupportedParameter_StopsWithASentence()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(typeof(TriggerFunctions.WrongParameter)));
        Assert.Contains("WrongParameter", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SettingsContradictTheTrigger_StopsWithASentence()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(typeof(TriggerFunctions.Single), "--Embedded:Queues:Q:RequiresSession=true"));
        Assert.Contains("RequiresSession", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(typeof(TriggerFunctions.Single), "--Embedded:Queues:q:MaxDeliveryCount=0"));
        Assert.Contains("MaxDeliveryCount", refused.Message, StringComparison.Ordinal);
    }

    private static ServiceBusClient Client(FunctionsTestHost host) => new(host.Host.Services.GetRequiredService<EmbeddedPlatform>().ConnectionString);

    private static ServiceBusReceiver DeadLetters(FunctionsTestHost host) => Client(host).CreateReceiver("q", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    private static Task SendAsync(FunctionsTestHost host, params string[] ids) =>
        Client(host).CreateSender("q").SendMessagesAsync(ids.Select(id => new ServiceBusMessage(id) { MessageId = id }), Token);

    private static async Task EmptyAsync(ServiceBusReceiver queue)
    {
        var started = TimeProvider.System.GetTimestamp();
        while ((await queue.PeekMessagesAsync(1, cancellationToken: Token)).Count > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Soon, "Messages are left in the queue.");
            await Task.Delay(10, Token);
        }
    }

    private Task<FunctionsTestHost> StartAsync(Type function, params string[] args) =>
        FunctionsTestHost.StartAsync([function], builder => builder.Services.AddSingleton(_probe), _folder, args);
}
