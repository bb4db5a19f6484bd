using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus;
using Moq;
using static CityBrain.Embedded.Tests.ServiceBus.BrokerFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class BrokerTests
{
    [Fact]
    public async Task Crash_LockedMessage_RedeliveredWithItsCount()
    {
        using var bus = await WithQueueAsync();
        await bus.SendAsync("a", "b");
        await bus.ReceiveAsync();
        bus.Crash();
        var messages = await bus.Receiver.ReceiveMessagesAsync(10, Soon, Token);
        Assert.Equal([("a", 2), ("b", 1)], messages.Select(message => (message.MessageId, message.DeliveryCount)));
    }

    [Fact]
    public async Task Crash_MessageThatKillsTheProcess_DeadLetteredAfterMaxDeliveryCount()
    {
        using var bus = await WithQueueAsync(new QueueOptions { Name = "q", MaxDeliveryCount = 3 });
        await bus.SendAsync("killer");
        for (var i = 0; i < 3; i++)
        {
            await bus.ReceiveAsync();
            bus.Crash();
        }

        Assert.True(await bus.IsEmptyAsync());
        Assert.Equal("MaxDeliveryCountExceeded", (await bus.ReceiveAsync(bus.DeadLetters)).DeadLetterReason);
    }

    [Fact]
    public async Task Crash_WaitingReceiver_EndsWithAnException()
    {
        using var bus = await WithQueueAsync();
        var waiting = bus.ReceiveAsync();
        await Task.Delay(50, Token);
        bus.Crash();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    [Fact]
    public async Task DeclareQueue_Again_ChangesOptionsButNotSessionsOfWaitingMessages()
    {
        using var bus = await WithQueueAsync();
        await bus.SendAsync("a");
        await bus.Broker.DeclareQueueAsync(new QueueOptions { Name = "Q", MaxDeliveryCount = 1 });
        await bus.Receiver.AbandonMessageAsync(await bus.ReceiveAsync(), cancellationToken: Token);
        Assert.Equal("a", (await bus.ReceiveAsync(bus.DeadLetters)).MessageId);
        await bus.Broker.DeclareQueueAsync(new QueueOptions { Name = "q", RequiresSession = true });
        await bus.SendToSessionAsync("s", "b");
        await Assert.ThrowsAsync<InvalidOperationException>(() => bus.Broker.DeclareQueueAsync(new QueueOptions { Name = "q" }));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(301, 10)]
    [InlineData(60, 0)]
    public async Task DeclareQueue_OutOfRange_Refused(int lockSeconds, int maxDeliveryCount)
    {
        using var bus = await WithQueueAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => bus.Broker.DeclareQueueAsync(new QueueOptions { Name = "x", LockDuration = TimeSpan.FromSeconds(lockSeconds), MaxDeliveryCount = maxDeliveryCount }));
    }

    [Fact]
    public async Task Clients_MockedAsOfficially_Work()
    {
        var batch = ServiceBusModelFactory.ServiceBusMessageBatch(0, [], tryAddCallback: message => message.Subject is null);
        var sender = new Mock<ServiceBusSender>();
        sender.Setup(s => s.CreateMessageBatchAsync(It.IsAny<CancellationToken>())).ReturnsAsync(batch);
        var client = new Mock<ServiceBusClient>();
        client.Setup(c => c.CreateSender("q")).Returns(sender.Object);
        var made = await client.Object.CreateSender("q").CreateMessageBatchAsync(Token);
        Assert.True(made.TryAddMessage(new ServiceBusMessage("a")));
        Assert.False(made.TryAddMessage(new ServiceBusMessage("b") { Subject = "no" }));
        Assert.Equal(1, made.Count);
        Assert.NotNull(new Mock<ServiceBusReceiver>().Object);
        Assert.NotNull(new Mock<ServiceBusSessionReceiver>().Object);
        Assert.Equal(7, ServiceBusModelFactory.ServiceBusReceivedMessage(BinaryData.FromString("x"), deliveryCount: 7).DeliveryCount);
    }
}
