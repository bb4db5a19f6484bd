using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus;
using static CityBrain.Embedded.Tests.ServiceBus.BrokerFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class ReceiveTests
{
    private static readonly QueueOptions ShortLock = new() { Name = "q", LockDuration = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public async Task Receive_WhileWaiting_WokenBySend()
    {
        using var bus = await WithQueueAsync();
        var waiting = bus.ReceiveAsync();
        await Task.Delay(50, Token);
        Assert.False(waiting.IsCompleted);
        await bus.SendAsync("a");
        Assert.Equal("a", (await waiting).MessageId);
    }

    [Fact]
    public async Task Receive_Cancelled_NextReceiverStillWoken()
    {
        using var bus = await WithQueueAsync();
        using var cancel = new CancellationTokenSource();
        var given = bus.Receiver.ReceiveMessageAsync(Soon, cancel.Token);
        var waiting = bus.ReceiveAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await bus.SendAsync("a");
        Assert.Equal("a", (await waiting).MessageId);
    }

    [Fact]
    public async Task Receive_LargeBacklog_ComesInOrderThroughTheWindow()
    {
        using var bus = await WithQueueAsync();
        var bodies = Enumerable.Range(0, 1000).Select(i => i.ToString("d4", null)).ToList();
        await Task.WhenAll(bus.SendAsync(bodies));
        var got = new List<string>();
        while (got.Count < bodies.Count)
        {
            foreach (var message in await bus.Receiver.ReceiveMessagesAsync(70, Soon, Token))
            {
                got.Add(message.MessageId);
                await bus.Receiver.CompleteMessageAsync(message, Token);
            }
        }

        Assert.Equal(bodies, got);
        Assert.Empty(await bus.Receiver.PeekMessagesAsync(10, cancellationToken: Token));
    }

    [Fact]
    public async Task Complete_AfterTheLockExpired_LockLostAndRedelivered()
    {
        using var bus = await WithQueueAsync(ShortLock);
        await bus.SendAsync("a");
        var first = await bus.ReceiveAsync();
        var again = await bus.ReceiveAsync();
        Assert.Equal(("a", 2), (again.MessageId, again.DeliveryCount));
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, await ReasonAsync(() => bus.Receiver.CompleteMessageAsync(first, Token)));
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, await ReasonAsync(() => bus.Receiver.RenewMessageLockAsync(first, Token)));
        await bus.Receiver.CompleteMessageAsync(again, Token);
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, await ReasonAsync(() => bus.Receiver.CompleteMessageAsync(again, Token)));
    }

    [Fact]
    public async Task RenewMessageLock_BeforeExpiry_KeepsTheLock()
    {
        using var bus = await WithQueueAsync(new QueueOptions { Name = "q", LockDuration = TimeSpan.FromSeconds(1) });
        await bus.SendAsync("a");
        var message = await bus.ReceiveAsync();
        for (var i = 0; i < 6; i++)
        {
            await Task.Delay(300, Token);
            var before = message.LockedUntil;
            await bus.Receiver.RenewMessageLockAsync(message, Token);
            Assert.True(message.LockedUntil > before);
        }

        await bus.Receiver.CompleteMessageAsync(message, Token);
        Assert.True(await bus.IsEmptyAsync());
    }

    [Fact]
    public async Task Abandon_TooOften_DeadLetteredWithReason()
    {
        using var bus = await WithQueueAsync(new QueueOptions { Name = "q", MaxDeliveryCount = 3 });
        await bus.SendAsync("poison");
        for (var i = 1; i <= 3; i++)
        {
            var message = await bus.ReceiveAsync();
            Assert.Equal(i, message.DeliveryCount);
            await bus.Receiver.AbandonMessageAsync(message, new Dictionary<string, object> { ["try"] = i }, Token);
        }

        var dead = await bus.ReceiveAsync(bus.DeadLetters);
        Assert.Equal(("poison", "MaxDeliveryCountExceeded"), (dead.MessageId, dead.DeadLetterReason));
        Assert.Contains("3 delivery attempts", dead.DeadLetterErrorDescription, StringComparison.Ordinal);
        Assert.Equal(3, dead.ApplicationProperties["try"]);
        Assert.True(await bus.IsEmptyAsync());
    }

    [Fact]
    public async Task LockExpiry_TooOften_DeadLetteredWithoutAReceiver()
    {
        using var bus = await WithQueueAsync(ShortLock with { MaxDeliveryCount = 1 });
        await bus.SendAsync("slow");
        await bus.ReceiveAsync();
        Assert.Equal("MaxDeliveryCountExceeded", (await bus.ReceiveAsync(bus.DeadLetters)).DeadLetterReason);
    }

    [Fact]
    public async Task DeadLetter_WithReason_ReadableAndCompleted()
    {
        using var bus = await WithQueueAsync();
        await bus.SendAsync("bad");
        var message = await bus.ReceiveAsync();
        await bus.Receiver.DeadLetterMessageAsync(message, new Dictionary<string, object> { ["k"] = "v" }, "reason", "description", Token);
        bus.Crash();
        var dead = await bus.ReceiveAsync(bus.DeadLetters);
        Assert.Equal(("reason", "description", "v"), (dead.DeadLetterReason, dead.DeadLetterErrorDescription, dead.ApplicationProperties["k"]));
        Assert.Equal(message.SequenceNumber, dead.EnqueuedSequenceNumber);
        await bus.DeadLetters.CompleteMessageAsync(dead, Token);
        Assert.True(await bus.IsEmptyAsync(bus.DeadLetters));
        Assert.Empty(new ServiceBusMessage(dead).ApplicationProperties.Keys.Except(["k"]));
    }

    [Fact]
    public async Task Defer_ReceivedBySequenceNumberOnly_AlsoAfterACrash()
    {
        using var bus = await WithQueueAsync();
        await bus.SendAsync("later");
        var message = await bus.ReceiveAsync();
        await bus.Receiver.DeferMessageAsync(message, cancellationToken: Token);
        Assert.True(await bus.IsEmptyAsync());
        bus.Crash();
        Assert.True(await bus.IsEmptyAsync());
        var deferred = await bus.Receiver.ReceiveDeferredMessageAsync(message.SequenceNumber, Token);
        Assert.Equal((2, ServiceBusMessageState.Deferred), (deferred.DeliveryCount, deferred.State));
        Assert.Equal(ServiceBusFailureReason.MessageNotFound, await ReasonAsync(() => bus.Receiver.ReceiveDeferredMessageAsync(message.SequenceNumber, Token)));
        await bus.Receiver.AbandonMessageAsync(deferred, cancellationToken: Token);
        Assert.True(await bus.IsEmptyAsync());
        deferred = await bus.Receiver.ReceiveDeferredMessageAsync(message.SequenceNumber, Token);
        await bus.Receiver.CompleteMessageAsync(deferred, Token);
        Assert.Equal(ServiceBusFailureReason.MessageNotFound, await ReasonAsync(() => bus.Receiver.ReceiveDeferredMessageAsync(message.SequenceNumber, Token)));
    }

    [Fact]
    public async Task ReceiveAndDelete_MessageGoneWithoutSettlement()
    {
        using var bus = await WithQueueAsync();
        await bus.SendAsync("a", "b");
        var receiver = bus.Client.CreateReceiver("q", new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
        var message = await bus.ReceiveAsync(receiver);
        await Assert.ThrowsAsync<InvalidOperationException>(() => receiver.CompleteMessageAsync(message, Token));
        bus.Crash();
        Assert.Equal("b", (await bus.ReceiveAsync()).MessageId);
    }

    [Fact]
    public async Task Peek_AllStates_InOrderWithoutLocking()
    {
        using var bus = await WithQueueAsync();
        await bus.SendAsync("deferred", "locked", "active");
        var deferred = await bus.ReceiveAsync();
        await bus.Receiver.DeferMessageAsync(deferred, cancellationToken: Token);
        var locked = await bus.ReceiveAsync();
        await bus.Sender.ScheduleMessageAsync(new ServiceBusMessage("scheduled") { MessageId = "scheduled" }, DateTimeOffset.MaxValue, Token);
        var peeked = await bus.Receiver.PeekMessagesAsync(10, cancellationToken: Token);
        Assert.Equal(["deferred", "locked", "active", "scheduled"], peeked.Select(message => message.MessageId));
        Assert.Equal([ServiceBusMessageState.Deferred, ServiceBusMessageState.Active, ServiceBusMessageState.Active, ServiceBusMessageState.Scheduled], peeked.Select(message => message.State));
        Assert.Equal(["active"], (await bus.Receiver.PeekMessagesAsync(1, locked.SequenceNumber + 1, Token)).Select(message => message.MessageId));
    }

    [Fact]
    public async Task TimeToLive_Passed_DroppedOrDeadLetteredAsTheQueueSays()
    {
        foreach (var deadLettered in new[] { false, true })
        {
            using var bus = await WithQueueAsync(new QueueOptions { Name = "q", DeadLetteringOnMessageExpiration = deadLettered, DefaultTimeToLive = TimeSpan.FromHours(1) }, clockSpeed: 36_000);
            await bus.Sender.SendMessageAsync(new ServiceBusMessage("short") { TimeToLive = TimeSpan.FromHours(20) }, Token);
            await Task.Delay(TimeSpan.FromHours(2), bus.Test.Platform.Clock, Token);
            bus.Test.Platform.Clock.Speed = 1;
            await bus.SendAsync("fresh");
            Assert.Equal("fresh", (await bus.ReceiveAsync()).MessageId);
            Assert.True(await bus.IsEmptyAsync());
            if (deadLettered)
            {
                Assert.Equal("TTLExpiredException", (await bus.ReceiveAsync(bus.DeadLetters)).DeadLetterReason);
            }

            Assert.True(deadLettered || await bus.IsEmptyAsync(bus.DeadLetters));
        }
    }
}
