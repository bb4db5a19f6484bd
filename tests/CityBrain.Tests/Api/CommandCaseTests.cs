using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Triage;

namespace CityBrain.Tests.Api;

public sealed class CommandCaseTests : IAsyncLifetime
{
    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.OpenAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Run_LegalCommand_IsTheCaseWithItsNewVersion()
    {
        var id = await _api.CaseInAsync(CaseState.Dispatched);
        var (status, answer, response) = await _api.CommandAsync("sanitation", id, "accept");
        Assert.Equal((200, "accepted"), (status, answer.GetProperty("status").GetString()));
        Assert.Equal($"\"{answer.GetProperty("version").GetInt32()}\"", response.Headers.ETag);
    }

    [Fact]
    [Trait("behaviour", "Dispatch: somebody is on the spot before there is a reply")]
    [Trait("behaviour", "Dispatch: an illegal step is 409 with the legal ones")]
    public async Task Run_IllegalCommand_ListsTheLegalOnes()
    {
        var (status, answer, _) = await _api.CommandAsync("sanitation", await _api.CaseInAsync(CaseState.Dispatched), "reply", "{\"text\":\"done\"}");
        Assert.Equal((409, "ILLEGAL_COMMAND"), (status, answer.GetProperty("code").GetString()));
        Assert.Equal((System.Text.Json.JsonValueKind.Number, System.Text.Json.JsonValueKind.String), (answer.GetProperty("status").ValueKind, answer.GetProperty("state").ValueKind));
        Assert.Equal(["accept", "acknowledge", "linkEmergency", "merge", "reassign", "reclassify", "relocate", "return", "reviewBypass", "withdraw"], answer.GetProperty("commands").EnumerateArray().Select(name => name.GetString()).Order());
    }

    [Fact]
    public async Task Run_ReassignToAWorkerThatHasItsFill_IsAConflict()
    {
        const string Worker = "grid-crew-g-west-1";
        var ids = new List<string>();
        for (var i = 0; i <= SmallTown.City.Dispatch.Burden.OpenTasks; i++)
        {
            var officer = new Actor("officer", ActorKind.Staff);
            var (filed, _) = await _api.Store.Cases.FileAsync(SmallTown.Draft($"{i}"), officer, _api.Store.Durable.Client, TestContext.Current.CancellationToken);
            foreach (var command in new CaseCommand[] { new CompleteTriage(Lives.Rubbish with { CategoryCode = "doorway" }), new DispatchTo("sanitation") })
            {
                await _api.Store.Cases.ChangeAsync(filed.Id, command, officer, _api.Store.Durable.Client, cancellationToken: TestContext.Current.CancellationToken);
            }

            ids.Add(filed.Id);
        }

        const string ToWorker = $"{{\"department\":\"{Worker}\",\"reason\":\"theirs\"}}";
        foreach (var id in ids.SkipLast(1))
        {
            Assert.Equal(200, (await _api.CommandAsync("duty", id, "reassign", ToWorker)).Status);
        }

        var (status, answer, _) = await _api.CommandAsync("duty", ids[^1], "reassign", ToWorker);
        Assert.Equal((409, "OVER_CAP"), (status, answer.GetProperty("code").GetString()));
    }

    [Fact]
    [Trait("behaviour", "Dispatch: a stale version is 412")]
    public async Task Run_OldVersion_IsStale()
    {
        var id = await _api.CaseInAsync(CaseState.Dispatched);
        Assert.Equal(412, (await _api.CommandAsync("sanitation", id, "accept", "", ("If-Match", "\"2\""))).Status);
        Assert.Equal(200, (await _api.CommandAsync("sanitation", id, "accept", "", ("If-Match", "\"3\""))).Status);
    }

    [Fact]
    [Trait("behaviour", "Dispatch: a command given twice has the same result")]
    public async Task Run_SameKeyAgain_IsTheSameAnswer()
    {
        var id = await _api.CaseInAsync(CaseState.Dispatched);
        var first = await _api.CommandAsync("sanitation", id, "accept", "", ("Idempotency-Key", "k"));
        var again = await _api.CommandAsync("sanitation", id, "accept", "", ("Idempotency-Key", "k"));
        Assert.Equal((200, first.Answer.GetRawText()), (again.Status, again.Answer.GetRawText()));
    }

    [Fact]
    public async Task Run_SameKeyForAnotherCommandOrByAnotherCaller_IsAnotherRequest()
    {
        var id = await _api.CaseInAsync(CaseState.Dispatched);
        await _api.CommandAsync("sanitation", id, "accept", "", ("Idempotency-Key", "k"));
        Assert.Equal("handling", (await _api.CommandAsync("sanitation", id, "arrive", "", ("Idempotency-Key", "k"))).Answer.GetProperty("status").GetString());
        Assert.Equal(409, (await _api.CommandAsync("duty", id, "accept", "", ("Idempotency-Key", "k"))).Status);
    }

    [Theory]
    [InlineData("nobody", "accept", "", 403, "FORBIDDEN")]
    [InlineData("intake", "accept", "", 403, "FORBIDDEN")]
    [InlineData("sanitation", "withdraw", "{\"reason\":\"x\"}", 403, "FORBIDDEN")]
    [InlineData("parks", "accept", "", 404, "NOT_FOUND")]
    [InlineData("sanitation", "dispatch", "", 404, "UNKNOWN_COMMAND")]
    [InlineData("sanitation", "accept", "null", 400, "MALFORMED_JSON")]
    [InlineData("sanitation", "accept", "{", 400, "MALFORMED_JSON")]
    [InlineData("sanitation", "return", "{}", 400, "INVALID_COMMAND")]
    public async Task Run_Refused_HasStatusAndCode(string key, string command, string body, int status, string code)
    {
        var result = await _api.CommandAsync(key, await _api.CaseInAsync(CaseState.Dispatched), command, body);
        Assert.Equal((status, code), (result.Status, result.Answer.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("If-Match", "abc", "INVALID_IF_MATCH")]
    [InlineData("If-Match", "\"-1\"", "INVALID_IF_MATCH")]
    [InlineData("Idempotency-Key", "12345678901234567890123456789012345678901234567890123456789012345", "INVALID_IDEMPOTENCY_KEY")]
    public async Task Run_BadHeader_Is400(string header, string value, string code)
    {
        var result = await _api.CommandAsync("duty", await _api.CaseInAsync(CaseState.Dispatched), "accept", "", (header, value));
        Assert.Equal((400, code), (result.Status, result.Answer.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Run_BodyTooLong_Is413() =>
        Assert.Equal(413, (await _api.CommandAsync("duty", await _api.CaseInAsync(CaseState.Handling), "reply", $"{{\"text\":\"{new string('x', 70_000)}\"}}")).Status);

    [Fact]
    public async Task Run_LongestArguments_AreRefusedOrStoredButNeverFail()
    {
        var id = await _api.CaseInAsync(CaseState.Handling);
        var (status, answer, _) = await _api.CommandAsync("sanitation", id, "suspend", $$"""{"reason":"weather","evidence":"{{new string('x', 60_000)}}","until":"2024-09-20T00:00:00Z"}""");
        Assert.Equal((400, "INVALID_COMMAND"), (status, answer.GetProperty("code").GetString()));
        Assert.Contains("evidence", answer.GetProperty("errors")[0].GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Run_MergeIntoACaseThatIsNotThere_IsRefused()
    {
        var id = await _api.CaseInAsync(CaseState.Filed);
        var result = await _api.CommandAsync("duty", id, "merge", $$"""{"into":"{{CaseKeys.CaseId("x", "y")}}"}""");
        Assert.Equal((400, "INVALID_COMMAND"), (result.Status, result.Answer.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Run_MergeIntoACaseThatIsItselfMerged_IsRefused()
    {
        var (id, master, merged) = (await _api.CaseInAsync(CaseState.Filed), await _api.CaseInAsync(CaseState.Filed, "2"), await _api.CaseInAsync(CaseState.Merged, "3"));
        Assert.Equal(400, (await _api.CommandAsync("duty", id, "merge", $$"""{"into":"{{merged}}"}""")).Status);
        Assert.Equal(200, (await _api.CommandAsync("duty", id, "merge", $$"""{"into":"{{master}}"}""")).Status);
    }
}
