using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.ServiceBus.Broker;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class SendTests
{
    [Fact]
    public async Task Send_EveryProperty_ArrivesUnchanged()
    {
        await using var bus = await StartAsync();
        var sent = new ServiceBusMessage("body")
        {
            MessageId = "m",
            SessionId = "s",
            CorrelationId = "c",
            Subject = "l",
            ReplyTo = "r",
            ReplyToSessionId = "rs",
            To = "t",
            ContentType = "text/plain",
            PartitionKey = "s",
            TimeToLive = TimeSpan.FromHours(3),
        };
        var values = new Dictionary<string, object>
        {
            ["text"] = "文字",
            ["int"] = 1,
            ["long"] = 2L,
            ["double"] = 3.5,
            ["decimal"] = 4.25m,
            ["bool"] = true,
            ["guid"] = Guid.NewGuid(),
            ["byte"] = (byte)5,
            ["char"] = 'x',
            ["span"] = TimeSpan.FromMinutes(6),
            ["offset"] = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero),
            ["uri"] = new Uri("https://example.org/a"),
        };
        foreach (var (key, value) in values)
        {
            sent.ApplicationProperties[key] = value;
        }

        await bus.Sender.SendMessageAsync(sent, Token);
        var message = await bus.ReceiveAsync();
        Assert.Equal(("body", "m", "s", "c", "l"), (message.Body.ToString(), message.MessageId, message.SessionId, message.CorrelationId, message.Subject));
        Assert.Equal(("r", "rs", "t", "text/plain", "s"), (message.ReplyTo, message.ReplyToSessionId, message.To, message.ContentType, message.PartitionKey));
        Assert.Equal(values, message.ApplicationProperties);
        Assert.Equal((TimeSpan.FromHours(3), 1, 1L), (message.TimeToLive, message.DeliveryCount, message.SequenceNumber));
        Assert.InRange(message.ExpiresAt - message.EnqueuedTime, TimeSpan.FromHours(3) - TimeSpan.FromMilliseconds(2), TimeSpan.FromHours(3));
        Assert.InRange(message.LockedUntil - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Send_NoMessageId_BrokerAssignsOne()
    {
        await using var bus = await StartAsync();
        await bus.Sender.SendMessageAsync(new ServiceBusMessage("x") { Subject = "kept" }, Token);
        var message = await bus.ReceiveAsync();
        Assert.Equal(("x", "kept", 32), (message.Body.ToString(), message.Subject, message.MessageId.Length));
    }

    [Fact]
    public async Task SendBatch_OneLacksItsSession_NoneIsStored()
    {
        await using var bus = await StartAsync(q => q with { RequiresSession = true });
        ServiceBusMessage[] mixed = [new("a") { SessionId = "s" }, new("b")];
        await Assert.ThrowsAsync<InvalidOperationException>(() => bus.Sender.SendMessagesAsync(mixed, Token));
        await using var peeker = await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token);
        Assert.True(await bus.IsEmptyAsync(peeker));
        using var batch = await bus.Sender.CreateMessageBatchAsync(Token);
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(batch.TryAddMessage(new ServiceBusMessage($"{i}") { SessionId = "s" })));
        await bus.Sender.SendMessagesAsync(batch, Token);
        var got = new List<string>();
        while (got.Count < 100)
        {
            got.AddRange((await peeker.ReceiveMessagesAsync(100, Soon, Token)).Select(message => message.Body.ToString()));
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), got);
    }

    [Fact]
    public async Task Send_900Kilobytes_Passes_AboveTheLimitRefused()
    {
        await using var bus = await StartAsync(new ServiceBusOptions { Queues = [new QueueOptions { Name = "q" }, new QueueOptions { Name = "small", MaxMessageSize = 4096 }] });
        var body = new byte[900 * 1024];
        Random.Shared.NextBytes(body);
        await bus.Sender.SendMessageAsync(new ServiceBusMessage(body), Token);
        Assert.Equal(body, (await bus.ReceiveAsync()).Body.ToArray());
        foreach (var (queue, size) in new[] { ("q", 1100 * 1024), ("small", 5000) })
        {
            await using var sender = bus.Client.CreateSender(queue);
            var refused = await Assert.ThrowsAsync<ServiceBusException>(() => sender.SendMessageAsync(new ServiceBusMessage(new byte[size]), Token));
            Assert.Equal(ServiceBusFailureReason.MessageSizeExceeded, refused.Reason);
        }
    }

    [Fact]
    public async Task Send_SameIdWithinTheWindow_AcceptedAndDropped()
    {
        await using var bus = await StartAsync(q => q with { DuplicateDetectionWindow = TimeSpan.FromMinutes(10) });
        await bus.SendAsync("a", "b", "a");
        await bus.SendAsync("a");
        await bus.CrashAsync();
        await bus.SendAsync("b", "c");
        Assert.Equal(["a", "b", "c"], (await bus.Receiver.PeekMessagesAsync(10, cancellationToken: Token)).Select(message => message.MessageId));
    }

    [Fact]
    public async Task Send_ManyAtOnce_AllStored()
    {
        await using var bus = await StartAsync();
        var sender = bus.Sender;
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => sender.SendMessageAsync(new ServiceBusMessage($"{i}"), Token)));
        var seen = new HashSet<string>();
        var receiver = bus.Receiver;
        while (seen.Count < 500)
        {
            foreach (var message in await receiver.ReceiveMessagesAsync(100, Soon, Token))
            {
                Assert.True(seen.Add(message.Body.ToString()));
                await receiver.CompleteMessageAsync(message, Token);
            }
        }

        Assert.True(await bus.IsEmptyAsync());
        Assert.True(bus.Server.IsIdle);
    }
}
