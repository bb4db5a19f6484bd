using Azure.Messaging.ServiceBus;
using static CityBrain.Embedded.Tests.ServiceBus.BrokerFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class ScheduleTests
{
    [Fact]
    public async Task Schedule_CityClockReachesIt_EntersTheQueueWithANewNumber()
    {
        using var bus = await WithQueueAsync(clockSpeed: 36_000);
        var due = bus.Test.Platform.Clock.GetUtcNow().AddHours(10);
        var number = await bus.Sender.ScheduleMessageAsync(new ServiceBusMessage("a"), due, Token);
        var message = await bus.ReceiveAsync();
        Assert.True(message.EnqueuedTime >= due);
        Assert.Equal(due, message.ScheduledEnqueueTime);
        Assert.Equal(number, message.EnqueuedSequenceNumber);
        Assert.True(message.SequenceNumber > number);
        Assert.Equal(ServiceBusFailureReason.MessageNotFound, await ReasonAsync(() => bus.Sender.CancelScheduledMessageAsync(number, Token)));
    }

    [Fact]
    public async Task Schedule_EarlierMessageLater_EachAtItsTime()
    {
        using var bus = await WithQueueAsync(clockSpeed: 3_600);
        var now = bus.Test.Platform.Clock.GetUtcNow();
        await bus.Sender.SendMessageAsync(new ServiceBusMessage("second") { ScheduledEnqueueTime = now.AddHours(2) }, Token);
        await bus.Sender.ScheduleMessagesAsync([new ServiceBusMessage("first")], now.AddHours(1), Token);
        Assert.Equal(["first", "second"], [(await bus.ReceiveAsync()).Body.ToString(), (await bus.ReceiveAsync()).Body.ToString()]);
    }

    [Fact]
    public async Task CancelScheduled_BeforeItsTime_NeverComes()
    {
        using var bus = await WithQueueAsync();
        var soon = bus.Test.Platform.Clock.GetUtcNow().AddMilliseconds(400);
        var numbers = await bus.Sender.ScheduleMessagesAsync([new ServiceBusMessage("a"), new ServiceBusMessage("b")], soon, Token);
        await bus.Sender.CancelScheduledMessagesAsync(numbers, Token);
        Assert.Null(await bus.Receiver.ReceiveMessageAsync(TimeSpan.FromMilliseconds(800), Token));
    }

    [Fact]
    public async Task Schedule_DueWhileThePlatformWasClosed_ComesAtTheNextStart()
    {
        using var bus = await WithQueueAsync();
        await bus.Sender.ScheduleMessageAsync(new ServiceBusMessage("a"), bus.Test.Platform.Clock.GetUtcNow().AddSeconds(1), Token);
        bus.Test.Platform.Dispose();
        await Task.Delay(1100, Token);
        bus.Crash();
        Assert.Equal("a", (await bus.ReceiveAsync()).Body.ToString());
    }

    [Fact]
    public async Task Schedule_InThePast_EntersAtOnce()
    {
        using var bus = await WithQueueAsync();
        await bus.Sender.ScheduleMessageAsync(new ServiceBusMessage("a"), DateTimeOffset.UnixEpoch, Token);
        Assert.Equal("a", (await bus.ReceiveAsync()).Body.ToString());
    }
}
