using System.Collections.Concurrent;
using System.Threading.Channels;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.ServiceBus.Triggers;
using CityBrain.Embedded.ServiceBus.Triggers.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class TriggerTests
{
    private static readonly QueueTriggerOptions Options = new() { Function = "F", Queue = "q" };

    [Fact]
    public async Task Single_Succeeds_CompletedAndReadableByTheOfficialExtension()
    {
        await using var bus = await StartAsync();
        await using var host = Host.Start(bus, Options);
        await bus.Sender.SendMessageAsync(new ServiceBusMessage("hello") { MessageId = "m", ApplicationProperties = { ["k"] = 5 } }, Token);
        var call = await host.NextAsync();
        var message = Decode(call.Messages.Single());
        Assert.Equal(("hello", "m", 1, 1L), (message.Body.ToString(), message.MessageId, message.DeliveryCount, message.SequenceNumber));
        Assert.Equal((5, call.Messages[0].LockToken.ToString()), (message.ApplicationProperties["k"], message.LockToken));
        Assert.False(bus.Server.IsIdle);
        call.Succeed();
        await host.StopAsync();
        Assert.True(await bus.IsEmptyAsync());
        Assert.True(bus.Server.IsIdle);
    }

    [Fact]
    public async Task Single_Fails_RetriedThenDeadLettered()
    {
        await using var bus = await StartAsync(q => q with { MaxDeliveryCount = 3 });
        await using var host = Host.Start(bus, Options);
        await bus.SendAsync("bad");
        for (var i = 1; i <= 3; i++)
        {
            var call = await host.NextAsync();
            Assert.Equal(i, Decode(call.Messages[0]).DeliveryCount);
            call.Fail(new InvalidOperationException("no"));
        }

        Assert.Equal("MaxDeliveryCountExceeded", (await bus.ReceiveAsync(bus.DeadLetters)).DeadLetterReason);
    }

    [Fact]
    public async Task Single_WorkerLost_GivenBackUncounted()
    {
        await using var bus = await StartAsync(q => q with { MaxDeliveryCount = 2 });
        await using var host = Host.Start(bus, Options);
        await bus.SendAsync("m");
        for (var i = 0; i < 4; i++)
        {
            var call = await host.NextAsync();
            Assert.Equal(1, Decode(call.Messages[0]).DeliveryCount);
            call.Fail(new WorkerLostException("gone"));
        }

        (await host.NextAsync()).Succeed();
        await host.StopAsync();
        Assert.True(await bus.IsEmptyAsync(bus.DeadLetters));
    }

    [Fact]
    public async Task Single_ManyMessages_NeverMoreThanMaxConcurrentCalls()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync(Enumerable.Range(0, 20).Select(i => $"{i}"));
        await using var host = Host.Start(bus, Options with { MaxConcurrentCalls = 4 });
        List<Call> running = [];
        for (var i = 0; i < 4; i++)
        {
            running.Add(await host.NextAsync());
        }

        Assert.False(host.HasMore);
        Assert.Equal(16, (await bus.Client.CreateReceiver("q").ReceiveMessagesAsync(20, Soon, Token)).Count);
        running.ForEach(call => call.Succeed());
    }

    [Fact]
    public async Task Single_LongerThanTheLock_LockRenewedAndDeliveredOnce()
    {
        await using var bus = await StartAsync(q => q with { LockDuration = TimeSpan.FromMilliseconds(500) });
        await using var host = Host.Start(bus, Options);
        await bus.SendAsync("m");
        var call = await host.NextAsync();
        Assert.Null(await bus.Receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(1.5), Token));
        call.Succeed();
        await host.StopAsync();
        Assert.True(await bus.IsEmptyAsync());
        Assert.False(host.HasMore);
    }

    [Fact]
    public async Task Single_AutoCompleteOff_LockedUntilExpiryThenAgain()
    {
        await using var bus = await StartAsync(q => q with { LockDuration = TimeSpan.FromMilliseconds(300) });
        await using var host = Host.Start(bus, Options with { AutoCompleteMessages = false });
        await bus.SendAsync("m");
        (await host.NextAsync()).Succeed();
        var again = await host.NextAsync();
        Assert.Equal(2, Decode(again.Messages[0]).DeliveryCount);
        again.Succeed();
    }

    [Fact]
    public async Task Batch_OneDeadLetteredBySettlement_RestCompleted()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync("a", "bad", "b", "c");
        await using var host = Host.Start(bus, Options with { IsBatched = true, MaxMessageBatchSize = 3 });
        var call = await host.NextAsync();
        Assert.Equal(["a", "bad", "b"], call.Messages.Select(message => Decode(message).Body.ToString()));
        var settlement = new SettlementService(host.Tokens);
        var bad = call.Messages[1].LockToken.ToString();
        await settlement.RenewMessageLock(new RenewMessageLockRequest { Locktoken = bad }, null!);
        await settlement.Deadletter(new DeadletterRequest { Locktoken = bad, DeadletterReason = "Malformed", DeadletterErrorDescription = "not an event" }, null!);
        var twice = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => settlement.Complete(new CompleteRequest { Locktoken = bad }, null!));
        Assert.Equal(Grpc.Core.StatusCode.FailedPrecondition, twice.StatusCode);
        call.Succeed();
        (await host.NextAsync()).Succeed();
        await host.StopAsync();
        var dead = await bus.ReceiveAsync(bus.DeadLetters);
        Assert.Equal(("bad", "Malformed", "not an event"), (dead.MessageId, dead.DeadLetterReason, dead.DeadLetterErrorDescription));
        Assert.True(await bus.IsEmptyAsync());
    }

    [Fact]
    public async Task Sessions_ManySessions_EachInOrderOneAtATimeWithState()
    {
        await using var bus = await StartAsync(q => q with { RequiresSession = true });
        await using var host = Host.Start(bus, Options with { IsSessionsEnabled = true, MaxConcurrentSessions = 3, SessionIdleTimeout = Shortly });
        await Task.WhenAll(Enumerable.Range(0, 6).Select(s => bus.SendToSessionAsync($"s{s}", Enumerable.Range(0, 5).Select(i => $"{i}"))));
        var (settlement, seen, running) = (new SettlementService(host.Tokens), new ConcurrentDictionary<string, List<string>>(), 0);
        for (var i = 0; i < 30; i++)
        {
            var call = await host.NextAsync();
            Assert.InRange(Interlocked.Increment(ref running), 1, 3);
            var (session, body) = (call.Messages[0].SessionId!, Decode(call.Messages[0]).Body);
            _ = Task.Run(async () =>
            {
                var before = await settlement.GetSessionState(new GetSessionStateRequest { SessionId = session }, null!);
                seen.GetOrAdd(session, _ => []).Add($"{before.SessionState.ToStringUtf8()}{body}");
                await settlement.SetSessionState(new SetSessionStateRequest { SessionId = session, SessionState = Google.Protobuf.ByteString.CopyFromUtf8($"{body}>") }, null!);
                Interlocked.Decrement(ref running);
                call.Succeed();
            }, Token);
        }

        await host.StopAsync();
        Assert.All(seen.Values, session => Assert.Equal(["0", "0>1", "1>2", "2>3", "3>4"], session));
        Assert.Equal(6, seen.Count);
        Assert.True(await bus.IsEmptyAsync());
    }

    [Fact]
    public async Task Sessions_Released_AnotherReceiverMayHaveIt()
    {
        await using var bus = await StartAsync(q => q with { RequiresSession = true });
        await bus.SendToSessionAsync("s", "1");
        await using var host = Host.Start(bus, Options with { IsSessionsEnabled = true, MaxConcurrentSessions = 1 });
        var call = await host.NextAsync();
        await new SettlementService(host.Tokens).ReleaseSession(new ReleaseSessionRequest { SessionId = "s" }, null!);
        call.Succeed();
        ServiceBusSessionReceiver? taken = null;
        for (var tries = 0; taken is null && tries < 50; tries++)
        {
            try
            {
                taken = await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token);
            }
            catch (ServiceBusException held) when (held.Reason == ServiceBusFailureReason.SessionCannotBeLocked)
            {
            }
        }

        Assert.NotNull(taken);
    }

    [Fact]
    public async Task Stop_WhileRunning_WaitsAndTakesNoMore()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync(Enumerable.Range(0, 10).Select(i => $"{i}"));
        await using var host = Host.Start(bus, Options with { MaxConcurrentCalls = 2 });
        var (first, second) = (await host.NextAsync(), await host.NextAsync());
        var stopping = host.StopAsync();
        Assert.False(stopping.IsCompleted);
        first.Succeed();
        second.Succeed();
        await stopping;
        Assert.False(host.HasMore);
        Assert.Equal(8, (await bus.Receiver.PeekMessagesAsync(20, cancellationToken: Token)).Count);
    }

    [Fact]
    public async Task Start_SessionsDoNotFit_OneSentence()
    {
        await using var bus = await StartAsync();
        Assert.Contains("RequiresSession", Assert.ThrowsAny<Exception>(() => Host.Start(bus, Options with { IsSessionsEnabled = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FailurePace_FailsAtOnce_PauseGrowsToItsBound()
    {
        var pace = new FailurePace();
        Assert.Equal([0, 100, 200, 400], Enumerable.Range(0, 4).Select(_ => (int)pace.Next(false, TimeSpan.Zero).TotalMilliseconds));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.InRange(pace.Next(false, TimeSpan.Zero), TimeSpan.FromMilliseconds(800), TimeSpan.FromSeconds(10)));
        Assert.Equal(TimeSpan.Zero, pace.Next(true, TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, pace.Next(false, TimeSpan.Zero));
    }

    /// <summary>As the official extension's converter does it.</summary>
    private static ServiceBusReceivedMessage Decode(TriggerMessage message) => ServiceBusReceivedMessage.FromAmqpMessage(
        AmqpAnnotatedMessage.FromBytes(BinaryData.FromBytes(message.Content.AsMemory(16))), BinaryData.FromBytes(message.Content.AsMemory(0, 16)));

    private sealed record Call(IReadOnlyList<TriggerMessage> Messages)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public void Succeed() => _done.TrySetResult();

        public void Fail(Exception failure) => _done.TrySetException(failure);
    }

    /// <summary>A trigger whose function waits until the test says how it ends.</summary>
    private sealed class Host : IMessageFunction, IAsyncDisposable
    {
        private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
        private readonly List<Call> _all = [];
        private QueueTrigger _trigger = null!;

        public LockTokens Tokens { get; } = new();

        public bool HasMore => _calls.Reader.TryPeek(out _);

        public static Host Start(BusFixture bus, QueueTriggerOptions options)
        {
            var host = new Host();
            host._trigger = new QueueTrigger(options, bus.Server, host.Tokens, host, NullLogger.Instance);
            host._trigger.Start();
            return host;
        }

        public async Task<Call> NextAsync() => await _calls.Reader.ReadAsync(Token).AsTask().WaitAsync(Soon, Token);

        public Task RunAsync(IReadOnlyList<TriggerMessage> messages, CancellationToken cancellationToken)
        {
            var call = new Call(messages);
            lock (_all)
            {
                _all.Add(call);
            }

            _calls.Writer.TryWrite(call);
            return call.Done;
        }

        public Task StopAsync() => _trigger.StopAsync(CancellationToken.None).WaitAsync(Soon, Token);

        public async ValueTask DisposeAsync()
        {
            var stopping = _trigger.DisposeAsync();
            lock (_all)
            {
                _all.ForEach(call => call.Succeed());
            }

            await stopping;
        }
    }
}
