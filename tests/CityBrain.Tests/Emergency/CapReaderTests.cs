using System.Text;
using System.Xml.Linq;
using CityBrain.Emergency;

namespace CityBrain.Tests.Emergency;

public sealed class CapReaderTests
{
    [Fact]
    public void Read_Alert_GivesWhatItSays()
    {
        var message = Read(CapSamples.Message(place: "<polygon>0,0 0,1 1,1 0,0</polygon><geocode><valueName>a</valueName><value>d-west</value></geocode>")).Message!;
        Assert.Equal(("Alert", "weather@example.org", "w-1", EmergencyLevel.Orange, "Rain & wind"), (message.Kind, message.Sender, message.Identifier, message.Level, message.Headline));
        Assert.Equal(new DateTimeOffset(2024, 9, 18, 1, 0, 0, TimeSpan.Zero), message.Sent);
        Assert.Equal(["d-west"], message.Geocodes);
        Assert.Equal(4, Assert.Single(message.Polygons).Count);
    }

    [Theory]
    [InlineData("Extreme", EmergencyLevel.Red)]
    [InlineData("Moderate", EmergencyLevel.Yellow)]
    [InlineData("Minor", EmergencyLevel.Blue)]
    [InlineData("Unknown", EmergencyLevel.Blue)]
    public void Read_Severity_IsTheLevel(string severity, EmergencyLevel level) => Assert.Equal(level, Read(CapSamples.Message(severity: severity)).Message!.Level);

    [Fact]
    public void Read_Update_HasItsReferences() =>
        Assert.Equal(["w-1", "w-2"], Read(CapSamples.Message("Update", "w-3", references: CapSamples.ReferenceTo("w-1") + "\n " + CapSamples.ReferenceTo("w-2"))).Message!.References.Select(reference => reference.Identifier));

    [Theory]
    [InlineData("")]
    [InlineData("not xml")]
    [InlineData("<alert/>")]
    [InlineData("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.1\"/>")]
    [InlineData("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"/>")]
    [InlineData("<!DOCTYPE alert [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">&b;</alert>")]
    [InlineData("<!DOCTYPE alert SYSTEM \"file:///etc/passwd\"><alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"/>")]
    [InlineData("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>&x;</identifier></alert>")]
    [InlineData("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>a</alert>")]
    [InlineData("\u0000\u0001")]
    public void Read_MalformedOrHostile_IsAFaultAndNoException(string xml) => Assert.NotEmpty(Read(xml).Fault!);

    [Fact]
    public void Read_DeepOrLong_IsAFault()
    {
        Assert.Contains("deeper", Read($"<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">{string.Concat(Enumerable.Repeat("<a>", 5000))}").Fault, StringComparison.Ordinal);
        Assert.NotEmpty(Read(CapSamples.Message(@event: new string('x', CapReader.Limit))).Fault!);
    }

    public static TheoryData<string> Wrong => new(
        CapSamples.Message("Ack"),
        CapSamples.Message(status: "Test"),
        CapSamples.Message(identifier: "a b"),
        CapSamples.Message(identifier: "a,b"),
        CapSamples.Message(severity: "Bad"),
        CapSamples.Message(expires: "2099-01-01T00:00:00Z"),
        CapSamples.Message(expires: "soon"),
        CapSamples.Message("Update", references: "only-one"),
        CapSamples.Message("Update", references: "a,b,c"),
        CapSamples.Message(place: "<polygon>0,0 1,1 0,0</polygon>"),
        CapSamples.Message(place: "<polygon>0,0 0,1 1,1 2,2</polygon>"),
        CapSamples.Message(place: "<polygon>0,0 0,999 1,1 0,0</polygon>"),
        CapSamples.Message(place: "<polygon>0,0 0,NaN 1,1 0,0</polygon>"));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Read_ElementThatIsWrong_IsNamedInASentence(string xml) => Assert.NotEmpty(Read(xml).Fault!);

    [Fact]
    [Trait("behaviour", "Emergency: alerts go out as CAP")]
    public void Latest_AlertUpdateCancel_ReferToAllEarlierAndCanBeRead()
    {
        var now = SmallTown.Morning;
        var record = TestPlans.Record(EmergencyState.Declared, EmergencyLevel.Blue);
        Assert.Null(CapWriter.Latest(record, TestPlans.Flood, SmallTown.City));
        var active = new Activate().Apply(record, now);
        var adjusted = new Adjust(EmergencyLevel.Red, "rain").Apply(active, now.AddHours(1));
        var ended = new End("dry").Apply(adjusted, now.AddHours(2));
        Assert.Equal(
            ["Alert 0 Minor Future", "Update 1 Extreme Immediate", "Cancel 2 Extreme Past"],
            new[] { active, adjusted, ended }.Select(emergency => CapWriter.Latest(emergency, TestPlans.Flood, SmallTown.City)!).Select(xml =>
            {
                var (message, fault) = Read(xml.ToString());
                Assert.Null(fault);
                Assert.Equal(["town", "town"], xml.Descendants(CapWriter.Cap + "geocode").Elements(CapWriter.Cap + "value").Select(value => value.Value));
                Assert.Equal(["zh-CN", "en-US"], Values(xml, "language"));
                Assert.All(message!.References, reference => Assert.Contains(ended.Issued, issued => issued.Identifier == reference.Identifier && issued.Sent == reference.Sent));
                return $"{message.Kind} {message.References.Count} {Values(xml, "severity")[0]} {Values(xml, "urgency")[0]}";
            }));
        Assert.EndsWith("+08:00", Values(CapWriter.Latest(active, TestPlans.Flood, SmallTown.City)!, "sent")[0], StringComparison.Ordinal);
        Assert.Equal("0,0 0,0.2 0.2,0.2 0.2,0 0,0".Split(' ').Order(), Values(CapWriter.Latest(active, TestPlans.Flood, SmallTown.City)!, "polygon")[0].Split(' ').Order());
    }

    private static List<string> Values(XDocument xml, string name) => [.. xml.Descendants(CapWriter.Cap + name).Select(element => element.Value)];

    private static (CapMessage? Message, string? Fault) Read(string xml)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(xml));
        return CapReader.Read(stream);
    }
}
