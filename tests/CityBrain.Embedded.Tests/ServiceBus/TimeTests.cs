using Azure.Messaging.ServiceBus;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class TimeTests
{
    private const double Fast = 3600;

    [Fact]
    public async Task Schedule_DueInCityTime_EntersThen()
    {
        await using var bus = await StartAsync(speed: Fast);
        var due = bus.Clock.GetUtcNow().AddHours(1);
        var number = await bus.Sender.ScheduleMessageAsync(new ServiceBusMessage("m"), due, Token);
        Assert.InRange(bus.Server.NextDue!.Value, due.AddMilliseconds(-1), due);
        var message = await bus.ReceiveAsync();
        Assert.True(message.EnqueuedTime >= message.ScheduledEnqueueTime);
        Assert.Equal(("m", number, due.ToUnixTimeMilliseconds()), (message.Body.ToString(), message.EnqueuedSequenceNumber, message.ScheduledEnqueueTime.ToUnixTimeMilliseconds()));
        Assert.InRange(message.LockedUntil - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
        Assert.False(bus.Server.IsIdle);
        Assert.Null(bus.Server.NextDue);
    }

    [Fact]
    public async Task CancelScheduled_BeforeItIsDue_NeverEnters_AndUnknownNumberIsRefused()
    {
        await using var bus = await StartAsync();
        var sender = bus.Sender;
        var numbers = await sender.ScheduleMessagesAsync([new ServiceBusMessage("a"), new ServiceBusMessage("b")], bus.Clock.GetUtcNow().AddHours(1), Token);
        await sender.CancelScheduledMessageAsync(numbers[0], Token);
        Assert.Equal(ServiceBusFailureReason.MessageNotFound, await ReasonAsync(() => sender.CancelScheduledMessagesAsync([numbers[1], numbers[0]], Token)));
        Assert.Equal("b", (await bus.Receiver.PeekMessagesAsync(5, cancellationToken: Token)).Single().Body.ToString());
    }

    [Fact]
    public async Task Schedule_DueWhileTheServerIsDown_EntersAtTheStart()
    {
        await using var bus = await StartAsync(speed: Fast);
        await bus.Sender.ScheduleMessageAsync(new ServiceBusMessage("m"), bus.Clock.GetUtcNow().AddMinutes(20), Token);
        await bus.CrashAsync();
        Assert.Equal("m", (await bus.ReceiveAsync()).Body.ToString());
    }

    [Fact]
    public async Task TimeToLive_Over_DeadLetteredWithoutAReceiver()
    {
        await using var bus = await StartAsync(q => q with { DeadLetteringOnMessageExpiration = true }, Fast);
        await bus.Sender.SendMessageAsync(new ServiceBusMessage("m") { TimeToLive = TimeSpan.FromHours(1) }, Token);
        var dead = await bus.ReceiveAsync(bus.DeadLetters);
        Assert.Equal(("m", "TTLExpiredException"), (dead.Body.ToString(), dead.DeadLetterReason));
        Assert.True(await bus.IsEmptyAsync());
        Assert.Null(bus.Server.NextDue);
    }

    [Fact]
    public async Task TimeToLive_LongerThanTheQueues_IsShortened()
    {
        await using var bus = await StartAsync(q => q with { DefaultTimeToLive = TimeSpan.FromHours(2) });
        await bus.Sender.SendMessageAsync(new ServiceBusMessage("m") { TimeToLive = TimeSpan.FromDays(9) }, Token);
        Assert.Equal(TimeSpan.FromHours(2), (await bus.ReceiveAsync()).TimeToLive);
    }

    [Fact]
    public async Task TimeToLive_OverWhileLocked_HolderMaySettle_OthersNeverSeeIt()
    {
        await using var bus = await StartAsync(q => q with { DeadLetteringOnMessageExpiration = true }, Fast);
        foreach (var body in new[] { "kept", "given back" })
        {
            await bus.Sender.SendMessageAsync(new ServiceBusMessage(body) { TimeToLive = TimeSpan.FromHours(1) }, Token);
        }

        var receiver = bus.Receiver;
        var (kept, back) = (await bus.ReceiveAsync(receiver), await bus.ReceiveAsync(receiver));
        Assert.Null(await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(1.5), Token));
        await receiver.CompleteMessageAsync(kept, Token);
        await receiver.AbandonMessageAsync(back, cancellationToken: Token);
        Assert.True(await bus.IsEmptyAsync());
        Assert.Equal("given back", (await bus.DeadLetters.PeekMessagesAsync(5, cancellationToken: Token)).Single().Body.ToString());
    }
}
