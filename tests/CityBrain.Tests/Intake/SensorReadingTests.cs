using System.Text;
using CityBrain.Intake;

namespace CityBrain.Tests.Intake;

public sealed class SensorReadingTests
{
    private const string Good = """{"specversion":"1.0","id":"1","type":"reading","source":"gauge-1","time":"2024-09-18T02:00:00Z","data":{"measure":"level","value":2.5}}""";

    [Fact]
    public void Parse_GoodEvent_IsTheReading()
    {
        var (reading, fault) = Parse(Good);
        Assert.Null(fault);
        Assert.Equal(new SensorReading("gauge-1", "level", 2.5, SmallTown.Morning), reading);
    }

    [Theory]
    [InlineData("\"1.0\"", "\"0.3\"", "NotCloudEvent")]
    [InlineData("\"specversion\":\"1.0\",", "", "NotCloudEvent")]
    [InlineData("\"id\":\"1\"", "\"id\":\"\"", "NotCloudEvent")]
    [InlineData("\"type\":\"reading\",", "", "NotCloudEvent")]
    [InlineData("\"source\":\"gauge-1\",", "", "NotCloudEvent")]
    [InlineData("gauge-1", "gauge-2", "UnknownDevice")]
    [InlineData("\"time\":\"2024-09-18T02:00:00Z\",", "", "NoTime")]
    [InlineData("2024-09-18T02:00:00Z", "2024-09-18T03:00:01Z", "FutureTime")]
    [InlineData("2024-09-18T02:00:00Z", "yesterday", "NotCloudEvent")]
    [InlineData("2024-09-18T02:00:00Z", "0001-01-01T00:00:00+14:00", "NotCloudEvent")]
    [InlineData(",\"data\":{\"measure\":\"level\",\"value\":2.5}", "", "NoReading")]
    [InlineData("\"measure\":\"level\",", "", "NoReading")]
    [InlineData(",\"value\":2.5", "", "NoReading")]
    [InlineData("2.5", "null", "NoReading")]
    [InlineData("2.5", "1e999", "NoReading")]
    [InlineData("2.5", "\"NaN\"", "NoReading")]
    [InlineData("2.5", "\"Infinity\"", "NoReading")]
    [InlineData("2.5", "true", "NotCloudEvent")]
    [InlineData("{\"measure\"", "[{\"measure\"", "NotCloudEvent")]
    public void Parse_OneFault_NamesItsReason(string part, string instead, string reason) =>
        Assert.StartsWith(reason + ": ", Parse(Good.Replace(part, instead, StringComparison.Ordinal)).Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("plain text")]
    public void Parse_NoEventAtAll_IsAFault(string body) =>
        Assert.StartsWith("NotCloudEvent: ", Parse(body).Fault, StringComparison.Ordinal);

    [Fact]
    public void Parse_BytesThatAreNoUtf8_IsAFault()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        bytes[Array.IndexOf(bytes, (byte)'g')] = 0xFF;
        Assert.NotNull(SensorReading.Parse(BinaryData.FromBytes(bytes), SmallTown.City.Devices, SmallTown.Morning).Fault);
    }

    [Fact]
    public void Parse_VeryDeep_IsAFault() =>
        Assert.NotNull(Parse("{\"data\":" + new string('[', 100_000) + new string(']', 100_000) + "}").Fault);

    [Fact]
    public void Parse_HugeUnknownSource_IsNotRepeatedInTheReason() =>
        Assert.InRange(Parse(Good.Replace("gauge-1", new string('x', 200_000), StringComparison.Ordinal)).Fault!.Length, 1, 200);

    [Fact]
    public void Parse_ValueAsText_IsReadAsANumber() =>
        Assert.Equal(2.5, Parse(Good.Replace("2.5", "\"2.5\"", StringComparison.Ordinal)).Reading!.Value);

    private static (SensorReading? Reading, string? Fault) Parse(string body) =>
        SensorReading.Parse(BinaryData.FromString(body), SmallTown.City.Devices, SmallTown.Morning);
}
