using Azure.Messaging.ServiceBus;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class ReceiveTests
{
    [Fact]
    public async Task Abandon_WithProperties_ComesBackCountedAndChanged()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync("m");
        var receiver = bus.Receiver;
        var changes = new Dictionary<string, object> { ["tries"] = 1, ["at"] = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        await receiver.AbandonMessageAsync(await bus.ReceiveAsync(receiver), changes, Token);
        var again = await bus.ReceiveAsync(receiver);
        Assert.Equal(("m", 2), (again.Body.ToString(), again.DeliveryCount));
        Assert.Equal(changes, again.ApplicationProperties);
    }

    [Fact]
    public async Task DeadLetter_ReasonAndProperties_ReadableInTheDeadLetterQueue()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync("m");
        var receiver = bus.Receiver;
        await receiver.DeadLetterMessageAsync(await bus.ReceiveAsync(receiver), new Dictionary<string, object> { ["who"] = "me" }, "Malformed", "no such device", Token);
        var dead = await bus.ReceiveAsync(bus.DeadLetters);
        Assert.Equal(("m", "Malformed", "no such device", "q"), (dead.Body.ToString(), dead.DeadLetterReason, dead.DeadLetterErrorDescription, dead.DeadLetterSource));
        Assert.Equal("me", dead.ApplicationProperties["who"]);
        Assert.True(await bus.IsEmptyAsync());
        Assert.True(dead.SequenceNumber > dead.EnqueuedSequenceNumber);
    }

    [Fact]
    public async Task Abandon_TooOften_DeadLettered()
    {
        await using var bus = await StartAsync(q => q with { MaxDeliveryCount = 3 });
        await bus.SendAsync("m");
        var receiver = bus.Receiver;
        for (var i = 1; i <= 3; i++)
        {
            var message = await bus.ReceiveAsync(receiver);
            Assert.Equal(i, message.DeliveryCount);
            await receiver.AbandonMessageAsync(message, cancellationToken: Token);
        }

        Assert.Equal("MaxDeliveryCountExceeded", (await bus.ReceiveAsync(bus.DeadLetters)).DeadLetterReason);
    }

    [Fact]
    public async Task Defer_ReceivedByItsNumber_FromAnotherReceiver()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync("m", "n");
        var receiver = bus.Receiver;
        var message = await bus.ReceiveAsync(receiver);
        await receiver.DeferMessageAsync(message, new Dictionary<string, object> { ["later"] = true }, Token);
        Assert.Equal("n", (await bus.ReceiveAsync(receiver)).Body.ToString());
        Assert.Equal(ServiceBusMessageState.Deferred, (await receiver.PeekMessagesAsync(1, cancellationToken: Token))[0].State);
        var other = bus.Receiver;
        var deferred = await other.ReceiveDeferredMessageAsync(message.SequenceNumber, Token);
        Assert.Equal(("m", true, 2), (deferred.Body.ToString(), deferred.ApplicationProperties["later"], deferred.DeliveryCount));
        Assert.Equal(ServiceBusFailureReason.MessageNotFound, await ReasonAsync(() => receiver.ReceiveDeferredMessageAsync(message.SequenceNumber, Token)));
        await other.CompleteMessageAsync(deferred, Token);
        Assert.Equal(ServiceBusFailureReason.MessageNotFound, await ReasonAsync(() => receiver.ReceiveDeferredMessageAsync(message.SequenceNumber, Token)));
    }

    [Fact]
    public async Task Peek_AllStates_InOrderWithoutLocking()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync("a", "b");
        await bus.Sender.ScheduleMessageAsync(new ServiceBusMessage("c"), bus.Clock.GetUtcNow().AddHours(1), Token);
        var receiver = bus.Receiver;
        await bus.ReceiveAsync(receiver);
        var peeked = await receiver.PeekMessagesAsync(10, cancellationToken: Token);
        Assert.Equal([("a", ServiceBusMessageState.Active), ("b", ServiceBusMessageState.Active), ("c", ServiceBusMessageState.Scheduled)], peeked.Select(message => (message.Body.ToString(), message.State)));
        Assert.Empty(await receiver.PeekMessagesAsync(10, cancellationToken: Token));
        Assert.Equal("b", (await receiver.PeekMessageAsync(peeked[1].SequenceNumber, Token)).Body.ToString());
    }

    [Fact]
    public async Task LockExpired_ComesBackCounted_AndTheOldLockIsLost()
    {
        await using var bus = await StartAsync(q => q with { LockDuration = TimeSpan.FromMilliseconds(400) });
        await bus.SendAsync("m");
        var receiver = bus.Receiver;
        var first = await bus.ReceiveAsync(receiver);
        var second = await bus.ReceiveAsync(receiver);
        Assert.Equal((1, 2), (first.DeliveryCount, second.DeliveryCount));
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, await ReasonAsync(() => receiver.CompleteMessageAsync(first, Token)));
    }

    [Fact]
    public async Task RenewMessageLock_BeforeExpiry_KeepsTheMessage()
    {
        await using var bus = await StartAsync(q => q with { LockDuration = TimeSpan.FromSeconds(1) });
        await bus.SendAsync("m");
        var receiver = bus.Receiver;
        var message = await bus.ReceiveAsync(receiver);
        for (var i = 0; i < 4; i++)
        {
            Assert.Null(await receiver.ReceiveMessageAsync(TimeSpan.FromMilliseconds(400), Token));
            var before = message.LockedUntil;
            await receiver.RenewMessageLockAsync(message, Token);
            Assert.True(message.LockedUntil > before);
        }

        await receiver.CompleteMessageAsync(message, Token);
        Assert.True(await bus.IsEmptyAsync());
    }

    [Fact]
    public async Task ReceiveAndDelete_MessagesAreGone()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync("a", "b", "c");
        await using var receiver = bus.Client.CreateReceiver("q", new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
        Assert.Equal(["a", "b"], (await receiver.ReceiveMessagesAsync(2, Soon, Token)).Select(message => message.Body.ToString()));
        Assert.Single(await bus.Receiver.PeekMessagesAsync(5, cancellationToken: Token));
    }

    [Fact]
    public async Task StaleCredit_MessageBounces_IsNeitherCountedNorLost()
    {
        await using var bus = await StartAsync(q => q with { MaxDeliveryCount = 2 });
        await bus.SendAsync("1", "2", "3", "4", "5");
        var stale = bus.Receiver;
        var first = await stale.ReceiveMessagesAsync(100, Soon, Token);
        Assert.Equal(5, first.Count);

        // 95 credits stand open and nobody waits: the client's library gives each message back at once.
        await bus.SendAsync("bounced");
        var waiting = bus.Receiver;
        var message = await bus.ReceiveAsync(waiting);
        Assert.Equal(("bounced", 1), (message.Body.ToString(), message.DeliveryCount));
        Assert.True(await bus.IsEmptyAsync(bus.DeadLetters));
        await bus.SendAsync("later");
        var later = await bus.ReceiveAsync(stale);
        Assert.Equal(("later", 1), (later.Body.ToString(), later.DeliveryCount));
    }

    [Fact]
    public async Task Close_WithCreditOutstanding_DrainsAtOnce()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync("1");
        var receiver = bus.Receiver;
        await receiver.ReceiveMessagesAsync(50, Soon, Token);
        await receiver.CloseAsync(Token).WaitAsync(TimeSpan.FromSeconds(5), Token);
        await bus.SendAsync("2");
        Assert.Equal("2", (await bus.ReceiveAsync()).Body.ToString());
    }

    [Fact]
    public async Task Processor_ManyMessages_EachOnceAndQueueEmpty()
    {
        await using var bus = await StartAsync();
        var (seen, all) = (new HashSet<string>(), new TaskCompletionSource());
        await using var processor = bus.Client.CreateProcessor("q", new ServiceBusProcessorOptions { MaxConcurrentCalls = 8 });
        processor.ProcessErrorAsync += args => Task.FromException(args.Exception);
        processor.ProcessMessageAsync += args =>
        {
            lock (seen)
            {
                Assert.True(seen.Add(args.Message.Body.ToString()));
                if (seen.Count == 300)
                {
                    all.SetResult();
                }
            }

            return Task.CompletedTask;
        };
        await processor.StartProcessingAsync(Token);
        await bus.SendAsync(Enumerable.Range(0, 300).Select(i => $"{i}"));
        await all.Task.WaitAsync(Soon, Token);
        await processor.StopProcessingAsync(Token);
        Assert.True(await bus.IsEmptyAsync());
        Assert.True(await bus.IsEmptyAsync(bus.DeadLetters));
    }
}
