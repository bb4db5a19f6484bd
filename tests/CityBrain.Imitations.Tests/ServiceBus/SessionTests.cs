using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus;
using static CityBrain.Embedded.Tests.ServiceBus.BrokerFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class SessionTests
{
    private static readonly QueueOptions Sessions = new() { Name = "q", RequiresSession = true };

    [Fact]
    public async Task AcceptSession_HeldByAnother_CannotBeLockedUntilReleased()
    {
        using var bus = await WithQueueAsync(Sessions);
        await using (await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token))
        {
            Assert.Equal(ServiceBusFailureReason.SessionCannotBeLocked, await ReasonAsync(() => bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token)));
        }

        await using var again = await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token);
        Assert.Equal("s", again.SessionId);
    }

    [Fact]
    public async Task AcceptNextSession_SkipsHeldSessions_WaitsAndTimesOut()
    {
        using var bus = await WithQueueAsync(Sessions);
        await using var impatient = new ServiceBusClient(bus.Test.Platform.ConnectionString, new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { TryTimeout = Shortly } });
        await bus.SendToSessionAsync("a", "1");
        await using var a = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
        Assert.Equal("a", a.SessionId);
        Assert.Equal(ServiceBusFailureReason.ServiceTimeout, await ReasonAsync(() => impatient.AcceptNextSessionAsync("q", cancellationToken: Token)));
        var next = bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
        await bus.SendToSessionAsync("b", "1");
        Assert.Equal("b", (await next.WaitAsync(Soon, Token)).SessionId);
        var third = bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
        await a.CloseAsync(Token);
        Assert.Equal("a", (await third.WaitAsync(Soon, Token)).SessionId);
    }

    [Fact]
    public async Task Session_ConcurrentReceivers_EachSessionInOrderAndByOneAtATime()
    {
        using var bus = await WithQueueAsync(Sessions);
        const int SessionCount = 12, PerSession = 40;
        var sends = Enumerable.Range(0, SessionCount).Select(async s =>
        {
            for (var i = 0; i < PerSession; i++)
            {
                await bus.SendToSessionAsync($"s{s}", i.ToString("d3", null));
            }
        });
        var (got, holders) = (new ConcurrentDictionary<string, ConcurrentQueue<string>>(), new ConcurrentDictionary<string, int>());
        var left = SessionCount * PerSession;
        var receivers = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (Volatile.Read(ref left) > 0)
            {
                await using var client = new ServiceBusClient(bus.Test.Platform.ConnectionString, new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { TryTimeout = Shortly } });
                try
                {
                    await using var session = await client.AcceptNextSessionAsync("q", cancellationToken: Token);
                    Assert.Equal(1, holders.AddOrUpdate(session.SessionId, 1, (_, n) => n + 1));
                    foreach (var message in await session.ReceiveMessagesAsync(7, Shortly, Token))
                    {
                        got.GetOrAdd(session.SessionId, _ => new()).Enqueue(message.Body.ToString());
                        await session.CompleteMessageAsync(message, Token);
                        Interlocked.Decrement(ref left);
                    }

                    holders.AddOrUpdate(session.SessionId, 0, (_, n) => n - 1);
                }
                catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.ServiceTimeout)
                {
                }
            }
        });
        await Task.WhenAll(sends.Concat(receivers)).WaitAsync(TimeSpan.FromSeconds(60), Token);
        Assert.All(got.Values, session => Assert.Equal(Enumerable.Range(0, PerSession).Select(i => i.ToString("d3", null)), session));
        Assert.Equal(SessionCount, got.Count);
    }

    [Fact]
    public async Task Session_AbandonedMessage_ComesBackBeforeTheNext()
    {
        using var bus = await WithQueueAsync(Sessions);
        await bus.SendToSessionAsync("s", "1", "2");
        await using var session = await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token);
        await session.AbandonMessageAsync(await bus.ReceiveAsync(session), cancellationToken: Token);
        Assert.Equal(["1", "2"], (await session.ReceiveMessagesAsync(2, Soon, Token)).Select(message => message.Body.ToString()));
    }

    [Fact]
    public async Task Session_LockExpired_LockLostAndNextReceiverGetsItsMessages()
    {
        using var bus = await WithQueueAsync(Sessions with { LockDuration = TimeSpan.FromMilliseconds(300) });
        await bus.SendToSessionAsync("s", "1");
        var lost = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
        var message = await bus.ReceiveAsync(lost);
        await using var next = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token).WaitAsync(Soon, Token);
        Assert.Equal(2, (await bus.ReceiveAsync(next)).DeliveryCount);
        Assert.Equal(ServiceBusFailureReason.SessionLockLost, await ReasonAsync(() => lost.CompleteMessageAsync(message, Token)));
        Assert.Equal(ServiceBusFailureReason.SessionLockLost, await ReasonAsync(() => lost.SetSessionStateAsync(BinaryData.FromString("x"), Token)));
        Assert.Equal(ServiceBusFailureReason.SessionLockLost, await ReasonAsync(() => lost.RenewSessionLockAsync(Token)));
    }

    [Fact]
    public async Task RenewSessionLock_BeforeExpiry_KeepsTheSession()
    {
        using var bus = await WithQueueAsync(Sessions with { LockDuration = TimeSpan.FromSeconds(1) });
        await bus.SendToSessionAsync("s", "1");
        await using var session = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
        var message = await bus.ReceiveAsync(session);
        for (var i = 0; i < 5; i++)
        {
            await Task.Delay(300, Token);
            var before = session.SessionLockedUntil;
            await session.RenewSessionLockAsync(Token);
            Assert.True(session.SessionLockedUntil > before);
        }

        await session.CompleteMessageAsync(message, Token);
    }

    [Fact]
    public async Task Session_Crash_StateAndUnsettledMessagesRemain()
    {
        using var bus = await WithQueueAsync(Sessions);
        await bus.SendToSessionAsync("s", "done", "locked", "waiting");
        var session = await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token);
        Assert.Null(await session.GetSessionStateAsync(Token));
        await session.SetSessionStateAsync(BinaryData.FromString("state"), Token);
        await session.CompleteMessageAsync(await bus.ReceiveAsync(session), Token);
        await bus.ReceiveAsync(session);
        bus.Crash();
        await using var again = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
        Assert.Equal("state", (await again.GetSessionStateAsync(Token))!.ToString());
        var messages = await again.ReceiveMessagesAsync(10, Soon, Token);
        Assert.Equal([("locked", 2), ("waiting", 1)], messages.Select(message => (message.Body.ToString(), message.DeliveryCount)));
        await again.SetSessionStateAsync(null, Token);
        Assert.Null(await again.GetSessionStateAsync(Token));
    }

    [Fact]
    public async Task Session_DeadLetter_ReadableWithoutASession()
    {
        using var bus = await WithQueueAsync(Sessions);
        await bus.SendToSessionAsync("s", "bad");
        await using var session = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
        await session.DeadLetterMessageAsync(await bus.ReceiveAsync(session), "reason", cancellationToken: Token);
        var dead = await bus.ReceiveAsync(bus.DeadLetters);
        Assert.Equal(("s", "reason"), (dead.SessionId, dead.DeadLetterReason));
    }

    [Fact]
    public async Task Receive_WrongKindOfReceiver_Refused()
    {
        using var bus = await WithQueueAsync(Sessions);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bus.Receiver.ReceiveMessageAsync(Soon, Token));
        await bus.Broker.DeclareQueueAsync(new QueueOptions { Name = "plain" });
        await Assert.ThrowsAsync<InvalidOperationException>(() => bus.Client.AcceptNextSessionAsync("plain", cancellationToken: Token));
    }
}
