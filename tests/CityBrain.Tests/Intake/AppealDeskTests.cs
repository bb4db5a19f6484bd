using CityBrain.Cases;
using CityBrain.Intake;
using CityBrain.Sharing;

namespace CityBrain.Tests.Intake;

public sealed class AppealDeskTests : IAsyncLifetime
{
    private static readonly Caller Hotline = new("hotline", Role.Intake);
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestStore _store = null!;
    private AppealDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        _desk = new AppealDesk(_store.Cases, TestVault.Of(_store.Tables), Redactions.Local, new IntakePressure(), SmallTown.City, _store.Clock);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    [Trait("behaviour", "Personal data: the vault lies apart from the case")]
    [Trait("behaviour", "Personal data: text is redacted before it reaches a card, a list, a cluster or an export")]
    public async Task Accept_PersonalDataEverywhere_StaysInTheVaultAlone()
    {
        var outcome = await AcceptAsync(new AppealRequest(
            "hotline",
            "13812345678-7",
            "张三反映\uFF0C请拨打 138-1234-5678 或 a.b@example.org",
            "张三 110101199003078515",
            Reporter: new("张三", "13812345678", "a.b@example.org"),
            Location: new(0.05, 0.05, "中山路1号 张三家 13812345678")));
        Assert.True(outcome.Created);
        await _store.SweepAsync();
        Assert.All(await TestStore.RowsAsync(_store.Tables.Cases), row => Assert.All(
            new[] { "13812345678", "1234-5678", "example.org", "张三", "19900307" },
            secret => Assert.DoesNotContain(secret, TestStore.TextOf(row), StringComparison.Ordinal)));

        var kept = await TestVault.Of(_store.Tables).ReadAsync(outcome.Case!.Id, Token);
        Assert.Equal(("张三", "13812345678", "中山路1号 张三家 13812345678"), (kept!.Name, kept.Phone, kept.Address));
    }

    [Fact]
    public async Task Accept_PersonalDataInTheAddressAlone_IsKeptInTheVault()
    {
        var outcome = await AcceptAsync(new AppealRequest("web", "1", "rubbish", Location: new(Address: "call 13812345678")));
        Assert.Equal("call [phone]", outcome.Case!.Address);
        Assert.Equal("call 13812345678", (await TestVault.Of(_store.Tables).ReadAsync(outcome.Case.Id, Token))!.Address);
    }

    [Fact]
    public async Task Accept_NothingPersonal_LeavesTheVaultEmpty()
    {
        await AcceptAsync(new AppealRequest("web", "1", "rubbish"));
        Assert.Empty(await TestStore.RowsAsync(_store.Tables.Vault));
    }

    [Fact]
    [Trait("behaviour", "Intake: the same channel and number again is 200 and the same case")]
    public async Task Accept_TheSameAppealAgain_IsTheSameCase()
    {
        var first = await AcceptAsync(new AppealRequest("web", "1", "rubbish"));
        _store.Clock.Now += TimeSpan.FromHours(1);
        var again = await AcceptAsync(new AppealRequest("web", "1", "other words"));
        Assert.Equal((true, false), (first.Created, again.Created));
        Assert.Equal(CityJson.Write(first.Case), CityJson.Write(again.Case));
    }

    [Fact]
    public async Task Accept_SamePhoneTwice_HasTheSamePseudonym()
    {
        var one = await AcceptAsync(new AppealRequest("web", "1", "rubbish", Reporter: new(Phone: "13812345678")));
        var two = await AcceptAsync(new AppealRequest("app", "2", "noise", Reporter: new(Phone: "+86 138 1234 5678")));
        Assert.NotNull(one.Case!.Origin.ReporterKey);
        Assert.Equal(one.Case.Origin.ReporterKey, two.Case!.Origin.ReporterKey);
    }

    [Theory]
    [Trait("behaviour", "Emergency: a threat to life waits for no queue and no service")]
    [InlineData("the house of Wendell is on fire", "119")]
    [InlineData("rubbish around the fire hydrant", null)]
    public async Task Accept_LifeAtRisk_IsKnownAtOnce(string text, string? service) =>
        Assert.Equal(service, (await AcceptAsync(new AppealRequest("web", "1", text))).Case!.Risk?.Service);

    [Theory]
    [Trait("behaviour", "Intake: every channel sends one envelope and gets the same kind of case")]
    [InlineData("hotline")]
    [InlineData("app")]
    [InlineData("web")]
    [InlineData("grid-worker")]
    public async Task Accept_AnyChannel_IsTheSameKindOfCase(string channel)
    {
        var outcome = await AcceptAsync(new AppealRequest(channel, "1", "rubbish in the street", "Rubbish", Reporter: new(Phone: "13812345678"), Location: new(0.05, 0.05, "1 Main Street")));
        var filed = outcome.Case!;
        Assert.Equal((channel, "1"), (filed.Origin.Channel, filed.Origin.SourceId));
        Assert.Equal(("Rubbish", "rubbish in the street", "1 Main Street", new GeoPoint(0.05, 0.05), CaseState.Filed), (filed.Title, filed.Text, filed.Address, filed.Point, filed.State));
    }

    [Fact]
    [Trait("behaviour", "Merging: people are never merged")]
    public async Task Accept_SameNameOtherPhone_AreTwoPeople()
    {
        var one = await AcceptAsync(new AppealRequest("web", "1", "rubbish", Reporter: new("Zhang San", "13812345678")));
        var other = await AcceptAsync(new AppealRequest("web", "2", "rubbish", Reporter: new("Zhang San", "13912345678")));
        Assert.NotEqual(one.Case!.Origin.ReporterKey, other.Case!.Origin.ReporterKey);
        var vault = TestVault.Of(_store.Tables);
        Assert.Equal(("13812345678", "13912345678"), ((await vault.ReadAsync(one.Case.Id, Token))!.Phone, (await vault.ReadAsync(other.Case.Id, Token))!.Phone));
    }

    [Fact]
    public async Task Accept_FaultyOrNoAppeal_FilesNothing()
    {
        Assert.NotEmpty((await AcceptAsync(null)).Faults);
        Assert.NotEmpty((await AcceptAsync(new AppealRequest("web", "1", ""))).Faults);
        Assert.Empty(await TestStore.RowsAsync(_store.Tables.Cases));
    }

    private Task<AppealOutcome> AcceptAsync(AppealRequest? appeal) => _desk.AcceptAsync(appeal, Hotline, _store.Durable.Client, Token);
}
