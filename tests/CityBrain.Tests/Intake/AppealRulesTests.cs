using CityBrain.Intake;

namespace CityBrain.Tests.Intake;

public sealed class AppealRulesTests
{
    private static readonly AppealRequest Good = new("hotline", "2024-17", "rubbish in the street");

    public static TheoryData<string, AppealRequest> Faults => new()
    {
        { "channel", Good with { Channel = null } },
        { "channel", Good with { Channel = "Hot Line" } },
        { "channel", Good with { Channel = "hotline\n" } },
        { "channel", Good with { Channel = new string('a', 33) } },
        { "channel", Good with { Channel = "sensor" } },
        { "sourceId", Good with { SourceId = null } },
        { "sourceId", Good with { SourceId = "  " } },
        { "sourceId", Good with { SourceId = new string('1', 129) } },
        { "text", Good with { Text = null } },
        { "text", Good with { Text = " \n" } },
        { "text", Good with { Text = new string('x', 8001) } },
        { "title", Good with { Title = new string('x', 201) } },
        { "occurredAt", Good with { OccurredAt = SmallTown.Morning.AddDays(1).AddSeconds(1) } },
        { "occurredAt", Good with { OccurredAt = new DateTimeOffset(1999, 12, 31, 0, 0, 0, TimeSpan.Zero) } },
        { "reporter.name", Good with { Reporter = new(Name: new string('x', 101)) } },
        { "reporter.phone", Good with { Reporter = new(Phone: new string('1', 41)) } },
        { "reporter.email", Good with { Reporter = new(Email: new string('x', 255)) } },
        { "location", Good with { Location = new(Lat: 1) } },
        { "location", Good with { Location = new(Lon: 1) } },
        { "location.lat", Good with { Location = new(90.1, 0) } },
        { "location.lat", Good with { Location = new(double.NaN, 0) } },
        { "location.lon", Good with { Location = new(0, double.NegativeInfinity) } },
        { "location.address", Good with { Location = new(Address: new string('x', 301)) } },
        { "attachments", Good with { Attachments = [.. Enumerable.Repeat("https://example.org/1.jpg", 11)] } },
        { "attachments", Good with { Attachments = ["http://example.org/1.jpg"] } },
        { "attachments", Good with { Attachments = ["javascript:alert(1)"] } },
        { "attachments", Good with { Attachments = [null!] } },
        { "attachments", Good with { Attachments = ["https://example.org/" + new string('x', 2000)] } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_OneFault_IsNamed(string field, AppealRequest appeal) =>
        Assert.StartsWith(field + ":", Assert.Single(AppealRules.Check(appeal, SmallTown.Morning)), StringComparison.Ordinal);

    [Fact]
    public void Check_EverythingAtItsLimit_IsGood() =>
        Assert.Empty(AppealRules.Check(
            new AppealRequest(
                new string('a', 32),
                new string('1', 128),
                new string('x', 8000),
                new string('x', 200),
                SmallTown.Morning.AddDays(1),
                new(new string('x', 100), new string('1', 40), new string('x', 254)),
                new(-90, 180, new string('x', 300)),
                [.. Enumerable.Repeat("https://example.org/1.jpg", 10)]),
            SmallTown.Morning));

    [Fact]
    public void Check_ManyFaults_AllAreNamedAtOnce() =>
        Assert.Equal(3, AppealRules.Check(new AppealRequest(null, null, null), SmallTown.Morning).Count);
}
