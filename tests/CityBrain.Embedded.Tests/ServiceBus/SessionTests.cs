using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.ServiceBus.Broker;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class SessionTests
{
    private static Task<BusFixture> StartWithSessionsAsync(TimeSpan? lockDuration = null) =>
        StartAsync(q => q with { RequiresSession = true, LockDuration = lockDuration ?? q.LockDuration });

    [Fact]
    public async Task AcceptSession_HeldByAnother_CannotBeLockedUntilReleased()
    {
        await using var bus = await StartWithSessionsAsync();
        await using (await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token))
        {
            Assert.Equal(ServiceBusFailureReason.SessionCannotBeLocked, await ReasonAsync(() => bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token)));
        }

        await using var again = await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token);
        Assert.Equal("s", again.SessionId);
        Assert.InRange(again.SessionLockedUntil - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task AcceptNextSession_SkipsHeldSessions_WaitsAndTimesOut()
    {
        await using var bus = await StartWithSessionsAsync();
        await using var impatient = bus.Impatient(tryTimeout: TimeSpan.FromSeconds(1));
        await bus.SendToSessionAsync("a", "1");
        var a = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
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
    public async Task AcceptNextSession_ClientGoneWhileItWaits_SessionStaysFree()
    {
        await using var bus = await StartWithSessionsAsync();
        var gone = bus.Impatient();
        var waiting = gone.AcceptNextSessionAsync("q", cancellationToken: Token);
        await using var seesIt = await bus.Client.AcceptSessionAsync("q", "other", cancellationToken: Token);
        await gone.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => waiting);
        await bus.SendToSessionAsync("s", "1");
        await using var session = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token).WaitAsync(Soon, Token);
        Assert.Equal("1", (await bus.ReceiveAsync(session)).Body.ToString());
    }

    [Fact]
    public async Task Session_AbandonedMessage_ComesBackBeforeTheNext()
    {
        await using var bus = await StartWithSessionsAsync();
        await bus.SendToSessionAsync("s", "1", "2");
        await using var session = await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token);
        await session.AbandonMessageAsync(await bus.ReceiveAsync(session), cancellationToken: Token);
        Assert.Equal(["1", "2"], (await session.ReceiveMessagesAsync(2, Soon, Token)).Select(message => message.Body.ToString()));
    }

    [Fact]
    public async Task Session_ClosedWithUnsettledMessage_NextReceiverGetsItCounted()
    {
        await using var bus = await StartWithSessionsAsync();
        await bus.SendToSessionAsync("s", "1", "2");
        var session = await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token);
        Assert.Equal(1, (await bus.ReceiveAsync(session)).DeliveryCount);
        await session.CloseAsync(Token);
        await using var next = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token).WaitAsync(Soon, Token);
        Assert.Equal([("1", 2), ("2", 1)], (await next.ReceiveMessagesAsync(2, Soon, Token)).Select(message => (message.Body.ToString(), message.DeliveryCount)));
    }

    [Fact]
    public async Task Session_LockExpired_ReceiverClosedAndNextGetsItsMessages()
    {
        await using var bus = await StartWithSessionsAsync(TimeSpan.FromMilliseconds(500));
        await bus.SendToSessionAsync("s", "1");
        var lost = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
        var message = await bus.ReceiveAsync(lost);
        await using var next = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token).WaitAsync(Soon, Token);
        Assert.Equal(2, (await bus.ReceiveAsync(next)).DeliveryCount);
        await AssertLostAsync(() => lost.CompleteMessageAsync(message, Token));
        await AssertLostAsync(() => lost.SetSessionStateAsync(BinaryData.FromString("x"), Token));
        await AssertLostAsync(() => lost.RenewSessionLockAsync(Token));
    }

    [Fact]
    public async Task Session_LockExpiresWhileReceiving_LinkIsDetachedAndReceiverClosed()
    {
        await using var bus = await StartWithSessionsAsync(TimeSpan.FromMilliseconds(500));
        await using var impatient = bus.Impatient(tryTimeout: TimeSpan.FromSeconds(1));
        await using var session = await impatient.AcceptSessionAsync("q", "s", cancellationToken: Token);

        // The client drains its closed link for the length of a try, then tells no message; only IsClosed shows that the session is lost.
        Assert.Null(await session.ReceiveMessageAsync(Soon, Token));
        Assert.True(session.IsClosed);
    }

    [Fact]
    public async Task RenewSessionLock_BeforeExpiry_KeepsTheSession()
    {
        await using var bus = await StartWithSessionsAsync(TimeSpan.FromSeconds(1));
        await bus.SendToSessionAsync("s", "1");
        await using var session = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
        var message = await bus.ReceiveAsync(session);
        for (var i = 0; i < 4; i++)
        {
            Assert.Null(await session.ReceiveMessageAsync(TimeSpan.FromMilliseconds(400), Token));
            var before = session.SessionLockedUntil;
            await session.RenewSessionLockAsync(Token);
            Assert.True(session.SessionLockedUntil > before);
        }

        await session.CompleteMessageAsync(message, Token);
        await session.CloseAsync(Token);
        Assert.True(await bus.IsEmptyAsync());
    }

    [Fact]
    public async Task Session_Crash_StateAndUnsettledMessagesRemain()
    {
        await using var bus = await StartWithSessionsAsync();
        await bus.SendToSessionAsync("s", "done", "locked", "waiting");
        var session = await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token);
        Assert.Null(await session.GetSessionStateAsync(Token));
        await session.SetSessionStateAsync(BinaryData.FromString("state"), Token);
        await session.CompleteMessageAsync(await bus.ReceiveAsync(session), Token);
        await bus.ReceiveAsync(session);
        await bus.CrashAsync();
        await using var again = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
        Assert.Equal("state", (await again.GetSessionStateAsync(Token)).ToString());
        Assert.Equal(["locked", "waiting"], (await again.ReceiveMessagesAsync(10, Soon, Token)).Select(message => message.Body.ToString()));
        await again.SetSessionStateAsync(null, Token);
        Assert.Null(await again.GetSessionStateAsync(Token));
    }

    [Fact]
    public async Task Session_DeadLetterAndDefer_WorkAsInAPlainQueue()
    {
        await using var bus = await StartWithSessionsAsync();
        await bus.SendToSessionAsync("s", "bad", "later");
        await using var session = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token);
        await session.DeadLetterMessageAsync(await bus.ReceiveAsync(session), "reason", cancellationToken: Token);
        var later = await bus.ReceiveAsync(session);
        await session.DeferMessageAsync(later, cancellationToken: Token);
        await session.CompleteMessageAsync(await session.ReceiveDeferredMessageAsync(later.SequenceNumber, Token), Token);
        var dead = await bus.ReceiveAsync(bus.DeadLetters);
        Assert.Equal(("s", "reason"), (dead.SessionId, dead.DeadLetterReason));
    }

    [Fact]
    public async Task Receive_WrongKindOfReceiver_Refused()
    {
        await using var bus = await StartAsync(new ServiceBusOptions { Queues = [new QueueOptions { Name = "q", RequiresSession = true }, new QueueOptions { Name = "plain" }] });
        await Assert.ThrowsAsync<InvalidOperationException>(() => bus.Receiver.ReceiveMessageAsync(Soon, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => bus.Client.AcceptNextSessionAsync("plain", cancellationToken: Token));
    }

    [Fact]
    public async Task SessionProcessor_ManySessions_EachInOrderOneAtATime()
    {
        await using var bus = await StartWithSessionsAsync();
        var (seen, left, all) = (new ConcurrentDictionary<string, ConcurrentQueue<string>>(), 12 * 20, new TaskCompletionSource());
        await using var processor = bus.Client.CreateSessionProcessor("q", new ServiceBusSessionProcessorOptions { MaxConcurrentSessions = 4, SessionIdleTimeout = Shortly });
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        processor.ProcessMessageAsync += args =>
        {
            seen.GetOrAdd(args.SessionId, _ => new()).Enqueue(args.Message.Body.ToString());
            if (Interlocked.Decrement(ref left) == 0)
            {
                all.SetResult();
            }

            return Task.CompletedTask;
        };
        await processor.StartProcessingAsync(Token);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(s => bus.SendToSessionAsync($"s{s}", Enumerable.Range(0, 20).Select(i => $"{i}"))));
        await all.Task.WaitAsync(Soon, Token);
        await processor.CloseAsync(Token);
        Assert.Equal(12, seen.Count);
        Assert.All(seen.Values, session => Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), session));
        Assert.True(await bus.IsEmptyAsync());
    }

    /// <summary>The client closes a receiver whose session is lost, so a call may meet either form (AmqpReceiver of Azure.Messaging.ServiceBus).</summary>
    private static async Task AssertLostAsync(Func<Task> call)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(call);
        Assert.True(failure is ObjectDisposedException or ServiceBusException { Reason: ServiceBusFailureReason.SessionLockLost }, failure.ToString());
    }
}
