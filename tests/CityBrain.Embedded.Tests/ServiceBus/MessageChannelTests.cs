using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class MessageChannelTests
{
    [Fact]
    public async Task BatchDelete_OlderMessages_AreGone()
    {
        await using var bus = await StartAsync();
        await bus.SendAsync(Enumerable.Range(0, 30).Select(i => $"{i}"));
        var channel = bus.Server.Broker.Find("q").Channel;
        Assert.Equal(20, await channel.DeleteBeforeAsync(20, bus.Clock.GetUtcNow().AddMinutes(1)));
        Assert.Equal(0, await channel.DeleteBeforeAsync(20, bus.Clock.GetUtcNow().AddMinutes(-1)));
        Assert.Equal(10, (await bus.Receiver.PeekMessagesAsync(30, cancellationToken: Token)).Count);
    }

    [Fact]
    public async Task Receive_FirstInLineHasNoRoomAnyMore_NextGetsTheMessage()
    {
        await using var bus = await StartAsync();
        var (channel, room) = (bus.Server.Broker.Find("q").Channel, 1);
        var first = channel.ReceiveAsync(() => Volatile.Read(ref room), Timeout.InfiniteTimeSpan, false, Token);
        var second = channel.ReceiveAsync(() => 1, Timeout.InfiniteTimeSpan, false, Token);
        Volatile.Write(ref room, 0);
        await bus.SendAsync("m");
        Assert.Empty(await first.WaitAsync(Soon, Token));
        Assert.Single(await second.WaitAsync(Soon, Token));
    }
}
