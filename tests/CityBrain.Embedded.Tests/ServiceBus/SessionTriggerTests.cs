using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus.Triggers;
using CityBrain.Embedded.ServiceBus.Triggers.Wire;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class SessionTriggerTests
{
    [Fact]
    public async Task Sessions_ManySessions_EachInOrderOneAtATimeWithState()
    {
        await using var bus = await StartAsync(q => q with { RequiresSession = true });
        await using var host = TriggerHost.Start(bus, new QueueTriggerOptions { Function = "F", Queue = "q", IsSessionsEnabled = true, MaxConcurrentSessions = 3, SessionIdleTimeout = Shortly });
        await Task.WhenAll(Enumerable.Range(0, 6).Select(s => bus.SendToSessionAsync($"s{s}", Enumerable.Range(0, 5).Select(i => $"{i}"))));
        var (settlement, seen, running) = (new SettlementService(host.Tokens), new ConcurrentDictionary<string, List<string>>(), 0);
        for (var i = 0; i < 30; i++)
        {
            var call = await host.NextAsync();
            Assert.InRange(Interlocked.Increment(ref running), 1, 3);
            var (session, body) = (call.Messages[0].SessionId!, TriggerHost.Decode(call.Messages[0]).Body);
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
        await using var host = TriggerHost.Start(bus, new QueueTriggerOptions { Function = "F", Queue = "q", IsSessionsEnabled = true, MaxConcurrentSessions = 1 });
        var call = await host.NextAsync();
        await new SettlementService(host.Tokens).ReleaseSession(new ReleaseSessionRequest { SessionId = "s" }, null!);
        call.Succeed();
        ServiceBusSessionReceiver? taken = null;
        for (var started = TimeProvider.System.GetTimestamp(); taken is null && TimeProvider.System.GetElapsedTime(started) < Soon;)
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
}
