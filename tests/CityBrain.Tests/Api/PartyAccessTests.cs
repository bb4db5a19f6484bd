using System.Text.Json;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Sharing;
using CityBrain.Triage;

namespace CityBrain.Tests.Api;

/// <summary>Property companies and volunteers: called by a whistle, never in the lead, and shown only what the whistle needs.</summary>
public sealed class PartyAccessTests : IAsyncLifetime
{
    private ApiHost _api = null!;

    public static TheoryData<CaseState, CaseCommand> Leads => new()
    {
        { CaseState.Handling, new Reassign("homes", "theirs") },
        { CaseState.Arbitration, new Arbitrate("homes", "rule 5") },
        { CaseState.Dispatched, new Return("not-our-duty", "rule 4", "homes") },
        { CaseState.TriageReview, new ConfirmTriage(LeadDepartment: "homes") },
    };

    public async ValueTask InitializeAsync() => _api = await ApiHost.OpenAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [Trait("behaviour", "Beyond the public systems: property companies and volunteers help when a whistle calls them")]
    [MemberData(nameof(Leads))]
    public void Lead_PropertyCompany_IsRefusedWithTheReason(CaseState state, CaseCommand command) =>
        Assert.Contains("'homes' (Property) only comes when a whistle calls it", Lives.In(state).RefusalOf(command), StringComparison.Ordinal);

    [Fact]
    public void Worker_PropertyCompanyOfACommunity_IsNone() => Assert.False(SmallTown.City.IsWorker("homes"));

    [Fact]
    public async Task List_OfAParty_HasTheCasesThatCallIt()
    {
        var id = await CalledAsync("homes", "parks");
        foreach (var key in new[] { "homes", "parks" })
        {
            var (status, answer, _) = await _api.ListAsync(key, "");
            Assert.Equal((200, id), (status, answer.GetProperty("cases").EnumerateArray().Single().GetProperty("id").GetString()));
        }

        Assert.Single((await _api.ListAsync("duty", "?department=parks")).Answer.GetProperty("cases").EnumerateArray());
        Assert.Empty((await _api.ListAsync("duty", "?department=waterworks")).Answer.GetProperty("cases").EnumerateArray());
    }

    [Fact]
    [Trait("behaviour", "Beyond the public systems: property companies and volunteers help when a whistle calls them")]
    public async Task Get_ByAPropertyCompany_IsTextPlaceAndTaskAlone()
    {
        var id = await CalledAsync("parks", "homes");
        var (status, view, _) = await _api.GetAsync("homes", id);
        Assert.Equal(200, status);
        Assert.Equal(
            ["areas", "category", "commands", "id", "links", "location", "text", "title", "version", "whistle"],
            view.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("homes", "joint clearing"), (view.GetProperty("whistle").GetProperty("party").GetProperty("id").GetString(), view.GetProperty("whistle").GetProperty("purpose").GetString()));
        Assert.Equal(["signWhistle"], Names(view));
        Assert.Equal(404, (await _api.GetAsync("homes", await _api.CaseInAsync(CaseState.Handling, "other"))).Status);
    }

    [Fact]
    public async Task Command_ByAPropertyCompany_IsOnlyItsOwnPart()
    {
        var id = await CalledAsync("parks", "homes");
        Assert.Equal(403, (await _api.CommandAsync("homes", id, "reply", "{\"text\":\"done\"}")).Status);
        Assert.Equal(403, (await _api.CommandAsync("homes", id, "rateWhistle", "{\"party\":\"parks\",\"arrival\":1,\"effect\":1}")).Status);
        Assert.Equal(400, (await _api.CommandAsync("homes", id, "signWhistle", "{\"party\":\"parks\"}")).Status);
        Assert.Equal(["arriveWhistle", "contactWhistle"], Names((await _api.CommandAsync("homes", id, "signWhistle")).Answer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_AfterTheWhistle_ShowsOnlyWhatItDid_AndNothingAfterTheCase()
    {
        var id = await CalledAsync("homes");
        await _api.CommandAsync("homes", id, "signWhistle");
        await _api.CommandAsync("homes", id, "arriveWhistle");
        var (status, view, _) = await _api.CommandAsync("homes", id, "contribute", "{\"text\":\"two men cleared it\"}");
        Assert.Equal((200, "two men cleared it"), (status, view.GetProperty("whistle").GetProperty("party").GetProperty("contribution").GetString()));
        Assert.False(view.TryGetProperty("text", out _) || view.TryGetProperty("location", out _));
        Assert.Empty(Names(view));
        await _api.CommandAsync("duty", id, "withdraw", "{\"reason\":\"solved\"}");
        Assert.Equal(404, (await _api.GetAsync("homes", id)).Status);
    }

    [Theory]
    [InlineData(Role.Party, "homes", true)]
    [InlineData(Role.Party, "parks", false)]
    [InlineData(Role.Party, "nobody", false)]
    [InlineData(Role.Party, null, false)]
    [InlineData(Role.Staff, "homes", false)]
    [InlineData(Role.Duty, "red-armband", false)]
    [InlineData(Role.Staff, "parks", true)]
    [InlineData(Role.Intake, null, true)]
    public void Callers_OfTheSettings_ArePartiesIfAndOnlyIfTheyHelp(Role role, string? department, bool good)
    {
        var result = new CallerRules(SmallTown.City).Validate(null, new() { ["c"] = new() { Key = "k", Role = role, Department = department } });
        Assert.Equal(good, result.Succeeded);
        Assert.True(good || result.FailureMessage!.StartsWith("Callers:c:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_StaffKeyOfAPropertyCompany_IsRefused()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => CityApp.StartAsync("--Callers:homes:Key=k", "--Callers:homes:Role=Staff", "--Callers:homes:Department=harbour-homes"));
        Assert.Contains("Callers:homes:Role must be Party", failure.ToString(), StringComparison.Ordinal);
    }

    private static List<string> Names(JsonElement view) => [.. view.GetProperty("commands").EnumerateArray().Select(name => name.GetString()!)];

    private async Task<string> CalledAsync(params string[] parties)
    {
        var id = await _api.CaseInAsync(CaseState.Handling);
        var named = string.Join(',', parties.Select(party => $"\"{party}\""));
        Assert.Equal(200, (await _api.CommandAsync("sanitation", id, "whistle", $"{{\"parties\":[{named}],\"purpose\":\"joint clearing\"}}")).Status);
        return id;
    }
}
