using System.Runtime.Serialization;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus;
using static CityBrain.Embedded.Tests.ServiceBus.BrokerFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class SendTests
{
    [Fact]
    public async Task SendMessage_EveryField_ComesBack()
    {
        using var bus = await WithQueueAsync();
        var when = new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var sent = new ServiceBusMessage("正文")
        {
            MessageId = "m",
            SessionId = "s",
            PartitionKey = "s",
            CorrelationId = "c",
            Subject = "subject",
            ContentType = "text/plain",
            ReplyTo = "r",
            ReplyToSessionId = "rs",
            To = "to",
            TimeToLive = TimeSpan.FromHours(1),
        };
        Dictionary<string, object> properties = new()
        {
            ["s"] = "x",
            ["b"] = true,
            ["i"] = 1,
            ["l"] = 2L,
            ["d"] = 1.5,
            ["m"] = 2.5m,
            ["g"] = Guid.Empty,
            ["t"] = when,
            ["dt"] = when.UtcDateTime,
            ["ts"] = TimeSpan.FromSeconds(3),
            ["u"] = new Uri("https://a.example/"),
            ["c"] = 'c',
            ["by"] = (byte)1,
            ["sb"] = (sbyte)-1,
            ["sh"] = (short)-2,
            ["us"] = (ushort)2,
            ["ui"] = 3u,
            ["ul"] = 4ul,
            ["f"] = 0.5f,
        };
        foreach (var (key, value) in properties)
        {
            sent.ApplicationProperties[key] = value;
        }

        await bus.Sender.SendMessageAsync(sent, Token);
        var got = await bus.ReceiveAsync();
        Assert.Equal("正文", got.Body.ToString());
        Assert.Equal(("m", "s", "s", "c", "subject"), (got.MessageId, got.SessionId, got.PartitionKey, got.CorrelationId, got.Subject));
        Assert.Equal(("text/plain", "r", "rs", "to", TimeSpan.FromHours(1)), (got.ContentType, got.ReplyTo, got.ReplyToSessionId, got.To, got.TimeToLive));
        Assert.Equal(got.EnqueuedTime.AddHours(1), got.ExpiresAt);
        Assert.Equal(properties, got.ApplicationProperties);
        Assert.Equal((1, ServiceBusMessageState.Active), (got.DeliveryCount, got.State));
    }

    [Fact]
    public async Task SendMessage_UnknownQueue_EntityNotFound()
    {
        using var bus = await WithQueueAsync();
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, await ReasonAsync(() => bus.Client.CreateSender("none").SendMessageAsync(new ServiceBusMessage("x"), Token)));
    }

    [Fact]
    public async Task SendMessage_Above256Kilobytes_SizeExceeded()
    {
        using var bus = await WithQueueAsync();
        await bus.Sender.SendMessageAsync(new ServiceBusMessage(new byte[255 * 1024]), Token);
        Assert.Equal(ServiceBusFailureReason.MessageSizeExceeded, await ReasonAsync(() => bus.Sender.SendMessageAsync(new ServiceBusMessage(new byte[256 * 1024]), Token)));
    }

    [Fact]
    public async Task SendMessages_OneIsBad_NoneIsStored()
    {
        using var bus = await WithQueueAsync(new QueueOptions { Name = "q", RequiresSession = true });
        await Assert.ThrowsAsync<InvalidOperationException>(() => bus.Sender.SendMessagesAsync([new ServiceBusMessage("a") { SessionId = "s" }, new ServiceBusMessage("b")], Token));
        await using var session = await bus.Client.AcceptSessionAsync("q", "s", cancellationToken: Token);
        Assert.True(await bus.IsEmptyAsync(session));
    }

    [Fact]
    public async Task SendMessage_UnsupportedPropertyType_Refused()
    {
        using var bus = await WithQueueAsync();
        var message = new ServiceBusMessage("x") { ApplicationProperties = { ["list"] = new List<int>() } };
        await Assert.ThrowsAsync<SerializationException>(() => bus.Sender.SendMessageAsync(message, Token));
    }

    [Fact]
    public async Task Batch_Full_RefusesFurtherMessagesAndSendsTheRest()
    {
        using var bus = await WithQueueAsync();
        using var batch = await bus.Sender.CreateMessageBatchAsync(Token);
        var added = 0;
        while (batch.TryAddMessage(new ServiceBusMessage(new byte[10_000])))
        {
            added++;
        }

        Assert.InRange(added, 20, 26);
        Assert.Equal(added, batch.Count);
        await bus.Sender.SendMessagesAsync(batch, Token);
        Assert.Equal(added, (await bus.Receiver.ReceiveMessagesAsync(100, Soon, Token)).Count);
    }

    [Fact]
    public async Task SequenceNumbers_ConcurrentSends_StrictlyIncreaseAndAreNeverUsedAgain()
    {
        using var bus = await WithQueueAsync();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => bus.SendAsync($"m{i}")));
        var first = await bus.Receiver.ReceiveMessagesAsync(300, Soon, Token);
        var numbers = new List<long>(first.Select(message => message.SequenceNumber));
        await Task.WhenAll(first.Select(message => bus.Receiver.CompleteMessageAsync(message, Token)));
        bus.Crash();
        await bus.SendAsync("later");
        numbers.Add((await bus.ReceiveAsync()).SequenceNumber);
        Assert.Equal(numbers.Order().Distinct(), numbers);
        Assert.Equal(301, numbers.Count);
    }

    [Fact]
    public async Task Duplicates_HundredAtOnce_OneMessage()
    {
        using var bus = await WithQueueAsync(new QueueOptions { Name = "q", DuplicateDetectionWindow = TimeSpan.FromMinutes(10) });
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => bus.SendAsync("same")));
        await bus.Receiver.CompleteMessageAsync(await bus.ReceiveAsync(), Token);
        bus.Crash();
        await bus.SendAsync("same", "other");
        Assert.Equal("other", (await bus.ReceiveAsync()).MessageId);
        Assert.True(await bus.IsEmptyAsync());
    }

    [Fact]
    public async Task Duplicates_AfterTheWindow_AreNewMessages()
    {
        using var bus = await WithQueueAsync(new QueueOptions { Name = "q", DuplicateDetectionWindow = TimeSpan.FromMilliseconds(200) });
        await bus.SendAsync("same");
        await bus.SendAsync("same");
        await Task.Delay(300, Token);
        await bus.SendAsync("same");
        Assert.Equal(2, (await bus.Receiver.ReceiveMessagesAsync(10, Soon, Token)).Count);
    }

    [Fact]
    public void Client_OtherConnectionString_SaysWhatSpeaksAmqp()
    {
        var refused = Assert.Throws<NotSupportedException>(() => new ServiceBusClient("Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=k"));
        Assert.Contains("UseAzurePackages=true", refused.Message, StringComparison.Ordinal);
    }
}
