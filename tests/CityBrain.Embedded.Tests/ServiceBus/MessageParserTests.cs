using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class MessageParserTests
{
    private static byte[] Encoded => new ServiceBusMessage("body")
    {
        MessageId = "m",
        SessionId = "s",
        PartitionKey = "s",
        TimeToLive = TimeSpan.FromMinutes(5),
        ApplicationProperties = { ["k"] = "v", ["n"] = 5 },
    }.GetRawAmqpMessage().ToBytes().ToArray();

    [Fact]
    public void Read_WholeMessage_BareBytesAreKeptAsTheyCame()
    {
        var encoded = Encoded;
        var read = MessageParser.Read(encoded, 0).Single();
        Assert.Equal(("m", "s", TimeSpan.FromMinutes(5)), (read.MessageId, read.SessionId, read.TimeToLive));
        Assert.EndsWith(Convert.ToHexString(read.Bare), Convert.ToHexString(encoded), StringComparison.Ordinal);
        Assert.Equal([0x00, 0x53, 0x73], read.Bare[..3]);
        Assert.NotNull(read.Annotations);
    }

    [Theory]
    [InlineData(new byte[] { 0x00 }, new byte[] { 0x45 })]
    [InlineData(new byte[] { 0xd0, 0x00, 0x0f, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01 }, new byte[] { 0x45 })]
    [InlineData(new byte[] { 0x00, 0x53, 0x70 }, new byte[] { 0x45 })]
    public void Read_NestedWithoutEnd_RefusedWithoutRecursion(byte[] level, byte[] end)
    {
        byte[] nested = [0x00, 0x53, 0x74, .. Enumerable.Repeat(level, 1_000_000 / level.Length).SelectMany(bytes => bytes), .. end];
        Assert.Throws<BrokerException>(() => MessageParser.Read(nested, 0));
    }

    [Fact]
    public void Read_DamagedMessages_OnlyRefusals()
    {
        var (random, whole) = (new Random(1), Encoded);
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = whole[..random.Next(whole.Length + 1)];
            for (var hits = random.Next(4); hits > 0 && damaged.Length > 0; hits--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            if (Record.Exception(() => MessageParser.Read(damaged, i % 2 == 0 ? 0 : MessageParser.BatchFormat)) is { } refused)
            {
                Assert.IsType<BrokerException>(refused);
            }
        }
    }
}
