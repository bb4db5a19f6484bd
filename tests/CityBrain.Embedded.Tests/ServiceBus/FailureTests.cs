using System.Net;
using System.Net.Sockets;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus.Amqp;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class FailureTests
{
    [Fact]
    public async Task Connection_CutDuringADelivery_SettledByTokenOverTheNextLink()
    {
        await using var bus = await StartAsync();
        using var proxy = new CuttableProxy(bus.Server.Port);
        await using var client = new ServiceBusClient(bus.ConnectionString(port: proxy.Port));
        await bus.SendAsync("m");
        var receiver = client.CreateReceiver("q");
        var message = await bus.ReceiveAsync(receiver);
        proxy.Cut();
        Assert.Null(await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(1), Token));
        await receiver.CompleteMessageAsync(message, Token);
        Assert.True(await bus.IsEmptyAsync());
    }

    [Fact]
    public async Task Connection_CutDuringADelivery_MessageComesBackWhenItsLockEnds()
    {
        await using var bus = await StartAsync(q => q with { LockDuration = TimeSpan.FromSeconds(1) });
        using var proxy = new CuttableProxy(bus.Server.Port);
        await using var client = bus.Impatient(port: proxy.Port);
        await bus.SendAsync("m");
        Assert.Equal(1, (await bus.ReceiveAsync(client.CreateReceiver("q"))).DeliveryCount);
        proxy.Cut();
        Assert.Equal(2, (await bus.ReceiveAsync()).DeliveryCount);
    }

    [Fact]
    public async Task Connection_CutDuringASession_SessionIsFreeAtOnce()
    {
        await using var bus = await StartAsync(q => q with { RequiresSession = true });
        using var proxy = new CuttableProxy(bus.Server.Port);
        await using var client = bus.Impatient(port: proxy.Port);
        await bus.SendToSessionAsync("s", "m");
        await bus.ReceiveAsync(await client.AcceptSessionAsync("q", "s", cancellationToken: Token));
        proxy.Cut();
        await using var next = await bus.Client.AcceptNextSessionAsync("q", cancellationToken: Token).WaitAsync(Soon, Token);
        Assert.Equal(2, (await bus.ReceiveAsync(next)).DeliveryCount);
    }

    [Fact]
    public async Task Crash_WhileSending_NothingAcceptedIsLost()
    {
        await using var bus = await StartAsync();
        var (accepted, sender) = (new List<string>(), bus.Impatient().CreateSender("q"));
        var started = new TaskCompletionSource();
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                await sender.SendMessageAsync(new ServiceBusMessage($"{i}"), Token);
                accepted.Add($"{i}");
                if (i == 50)
                {
                    started.SetResult();
                }
            }
        }, Token);
        await started.Task.WaitAsync(Soon, Token);
        await bus.CrashAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
        var stored = new HashSet<string>();
        while (await bus.Receiver.PeekMessagesAsync(250, stored.Count == 0 ? 0 : stored.Count + 1, Token) is { Count: > 0 } page)
        {
            stored.UnionWith(page.Select(message => message.Body.ToString()));
        }

        Assert.Empty(accepted.Except(stored));
        Assert.InRange(stored.Count, accepted.Count, accepted.Count + 1);
    }

    [Fact]
    public async Task Crash_WithLockedMessages_TheyAreAvailableAgain()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync("a", "b");
        await bus.Receiver.ReceiveMessagesAsync(2, Soon, Token);
        await bus.CrashAsync();
        Assert.Equal(["a", "b"], (await bus.Receiver.ReceiveMessagesAsync(2, Soon, Token)).Select(message => message.Body.ToString()));
    }

    [Fact]
    public async Task Links_Hundreds_OnOneConnection()
    {
        await using var bus = await StartAsync();
        var receivers = Enumerable.Range(0, 300).Select(_ => bus.Client.CreateReceiver("q")).ToList();
        var waiting = receivers.ConvertAll(receiver => receiver.ReceiveMessageAsync(Soon, Token));
        await bus.SendAsync(Enumerable.Range(0, 300).Select(i => $"{i}"));
        var got = await Task.WhenAll(waiting);
        Assert.Equal(300, got.Select(message => message.Body.ToString()).Distinct().Count());
        await Task.WhenAll(receivers.Select((receiver, i) => receiver.CompleteMessageAsync(got[i], Token)));
        await Task.WhenAll(receivers.Select(receiver => receiver.CloseAsync(Token)));
        Assert.True(bus.Server.IsIdle);
    }

    [Fact]
    public void Start_PortTaken_OneSentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var server = new AmqpServer(null!, "127.0.0.1", port);
        var refused = Assert.Throws<InvalidOperationException>(server.Start);
        Assert.Contains($"127.0.0.1:{port}", refused.Message, StringComparison.Ordinal);
    }
}
