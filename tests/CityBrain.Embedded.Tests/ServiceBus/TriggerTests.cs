using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.ServiceBus.Triggers;
using CityBrain.Embedded.ServiceBus.Triggers.Wire;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class TriggerTests
{
    private static readonly QueueTriggerOptions Options = new() { Function = "F", Queue = "q" };

    [Fact]
    public async Task Single_Succeeds_CompletedAndReadableByTheOfficialExtension()
    {
        await using var bus = await StartAsync();
        await using var host = TriggerHost.Start(bus, Options);
        await bus.Sender.SendMessageAsync(new ServiceBusMessage("hello") { MessageId = "m", ApplicationProperties = { ["k"] = 5 } }, Token);
        var call = await host.NextAsync();
        var message = TriggerHost.Decode(call.Messages.Single());
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
        await using var host = TriggerHost.Start(bus, Options);
        await bus.SendAsync("bad");
        for (var i = 1; i <= 3; i++)
        {
            var call = await host.NextAsync();
            Assert.Equal(i, TriggerHost.Decode(call.Messages[0]).DeliveryCount);
            call.Fail(new InvalidOperationException("no"));
        }

        Assert.Equal("MaxDeliveryCountExceeded", (await bus.ReceiveAsync(bus.DeadLetters)).DeadLetterReason);
    }

    [Fact]
    public async Task Single_WorkerLost_GivenBackUncounted()
    {
        await using var bus = await StartAsync(q => q with { MaxDeliveryCount = 2 });
        await using var host = TriggerHost.Start(bus, Options);
        await bus.SendAsync("m");
        for (var i = 0; i < 4; i++)
        {
            var call = await host.NextAsync();
            Assert.Equal(1, TriggerHost.Decode(call.Messages[0]).DeliveryCount);
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
        await using var host = TriggerHost.Start(bus, Options with { MaxConcurrentCalls = 4 });
        List<TriggerCall> running = [];
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
        await using var host = TriggerHost.Start(bus, Options);
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
        await using var host = TriggerHost.Start(bus, Options with { AutoCompleteMessages = false });
        await bus.SendAsync("m");
        (await host.NextAsync()).Succeed();
        var again = await host.NextAsync();
        Assert.Equal(2, TriggerHost.Decode(again.Messages[0]).DeliveryCount);
        again.Succeed();
    }

    [Fact]
    public async Task Batch_OneDeadLetteredBySettlement_RestCompleted()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync("a", "bad", "b", "c");
        await using var host = TriggerHost.Start(bus, Options with { IsBatched = true, MaxMessageBatchSize = 3 });
        var call = await host.NextAsync();
        Assert.Equal(["a", "bad", "b"], call.Messages.Select(message => TriggerHost.Decode(message).Body.ToString()));
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
    public async Task Stop_WhileRunning_WaitsAndTakesNoMore()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync(Enumerable.Range(0, 10).Select(i => $"{i}"));
        await using var host = TriggerHost.Start(bus, Options with { MaxConcurrentCalls = 2 });
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
        Assert.Contains("RequiresSession", Assert.ThrowsAny<Exception>(() => TriggerHost.Start(bus, Options with { IsSessionsEnabled = true })).Message, StringComparison.Ordinal);
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
}
