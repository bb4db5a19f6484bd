using System.Diagnostics;
using CityBrain.Language;

namespace CityBrain.Tests.Language;

/// <summary>Language and places by the service, within its limits; what it cannot tell is left to what the city found by itself.</summary>
public sealed class TextInsightTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FindAsync_NoService_FindsNothing() =>
        Assert.Equal(new TextFindings(null, null), await Redactions.Insight().FindAsync("rubbish at W. Mkt", "", Stop));

    [Fact]
    public async Task FindAsync_Service_IsAskedForLanguageAndEntitiesAlone()
    {
        await using var server = await LanguageServer.StartAsync();
        await Redactions.Insight(server.Address).FindAsync("rubbish", "3 Elm Street", Stop);
        Assert.Equal(["LanguageDetection", "EntityRecognition"], server.Requests.Select(request => (string?)request["kind"]));
        Assert.All(server.Requests, request => Assert.True((bool)request["parameters"]!["loggingOptOut"]!));
        var (language, entities) = (server.Requests.First(), server.Requests.Last());
        Assert.Equal("", (string?)language["analysisInput"]!["documents"]![0]!["countryHint"]);
        Assert.Equal("Utf16CodeUnit", (string?)entities["parameters"]!["stringIndexType"]);
        Assert.Equal(["rubbish", "3 Elm Street"], Assert.Single(server.Sent("EntityRecognition")));
        Assert.Equal(["rubbish"], Assert.Single(server.Sent("LanguageDetection")));
    }

    [Theory]
    [Trait("behaviour", "Language service: language and places are found in redacted words, and triage and early warning use them")]
    [InlineData("Bonjour, le lampadaire est cassé", "other")]
    [InlineData("路灯坏了", "zh")]
    [InlineData("the lamp is out", "en")]
    [InlineData("hmm", null)]
    [InlineData("riddle", null)]
    [InlineData("12345 !", null)]
    [InlineData("", null)]
    public async Task FindAsync_Wording_HasTheLanguageOfWhichTheServiceIsSure(string wording, string? language)
    {
        await using var server = await LanguageServer.StartAsync();
        Assert.Equal(language, (await Redactions.Insight(server.Address).FindAsync(wording, "", Stop)).Language);
    }

    [Fact]
    public async Task FindAsync_Places_AreThoseOfWhichItIsSureOnOneLineAndOnce()
    {
        await using var server = await LanguageServer.StartAsync();
        var found = await Redactions.Insight(server.Address).FindAsync("On Monday at W. Mkt, at Brook Bend, Somewhere, in the Endless, Court of [name], Elm Street, W. Mkt, 暮春桥", "Elm Street", Stop);
        Assert.Equal(["West Market", "Brook Bend", "Elm Street", "暮春桥"], found.Places);
    }

    [Fact]
    public async Task FindAsync_NoPlaces_IsNull()
    {
        await using var server = await LanguageServer.StartAsync();
        Assert.Null((await Redactions.Insight(server.Address).FindAsync("rubbish since Monday", "", Stop)).Places);
    }

    [Fact]
    [Trait("behaviour", "Language service: its limits are kept, and it is asked again when it says so")]
    public async Task FindAsync_TwentySixDocuments_GoInRequestsThatTheServiceTakes()
    {
        await using var server = await LanguageServer.StartAsync();
        var wording = string.Concat(Enumerable.Repeat("路", (25 * TextRedaction.LongestDocument) + 1));
        Assert.Equal("zh", (await Redactions.Insight(server.Address).FindAsync(wording, "", Stop)).Language);
        Assert.Equal([25, 1], server.Sent("LanguageDetection").Select(request => request.Count));
        Assert.Equal([5, 5, 5, 5, 5, 1], server.Sent("EntityRecognition").Select(request => request.Count));
        Assert.Equal(wording, string.Concat(server.Sent("EntityRecognition").SelectMany(request => request)));
    }

    [Fact]
    [Trait("behaviour", "Language service: language and places are a help, and hold up no case")]
    public async Task FindAsync_OneDocumentRefused_KeepsWhatTheOthersTell()
    {
        await using var server = await LanguageServer.StartAsync();
        var refused = "riddle at Elm Street " + new string('路', TextRedaction.LongestDocument - 21);
        var found = await Redactions.Insight(server.Address).FindAsync(refused + "bonjour from Brook Bend", "W. Mkt", Stop);
        Assert.Equal(["Brook Bend", "West Market"], found.Places);
        Assert.Equal("zh", found.Language);
        Assert.Equal("other", (await Redactions.Insight(server.Address).FindAsync("riddle " + new string('-', TextRedaction.LongestDocument - 7) + "bonjour, bonjour", "", Stop)).Language);
    }

    [Fact]
    [Trait("behaviour", "Language service: its limits are kept, and it is asked again when it says so")]
    public async Task FindAsync_Throttled_WaitsAsLongAsTheServiceSays()
    {
        await using var server = await LanguageServer.StartAsync();
        (server.RetryAfter, server.Refusals) = (("Retry-After", "2"), (1, 429));
        var found = await Redactions.Insight(server.Address).FindAsync("rubbish at W. Mkt", "", Stop);
        Assert.Equal(["West Market"], found.Places);
        Assert.Equal(3, server.Requests.Count);
        Assert.InRange(Stopwatch.GetElapsedTime(server.Times.First(), server.Times.ElementAt(1)).TotalSeconds, 1.9, 20);
    }

    [Fact]
    [Trait("behaviour", "Language service: language and places are a help, and hold up no case")]
    public async Task FindAsync_ThrottledForAnHour_GoesOnWithoutIt()
    {
        await using var server = await LanguageServer.StartAsync();
        (server.RetryAfter, server.Refusals) = (("Retry-After", "3600"), (int.MaxValue, 429));
        Assert.Equal(new TextFindings(null, null), await Redactions.Insight(server.Address, TimeSpan.FromSeconds(1)).FindAsync("rubbish at W. Mkt", "", Stop));
    }

    [Theory]
    [Trait("behaviour", "Language service: language and places are a help, and hold up no case")]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(503)]
    public async Task FindAsync_ServiceFails_FindsNothing(int status)
    {
        await using var server = await LanguageServer.StartAsync();
        server.Refusals = (100, status);
        Assert.Equal(new TextFindings(null, null), await Redactions.Insight(server.Address).FindAsync("rubbish at W. Mkt", "", Stop));
    }

    [Fact]
    public async Task FindAsync_ServiceFailsHalfway_KeepsTheLanguage()
    {
        await using var server = await LanguageServer.StartAsync();
        (server.RefusedKind, server.Refusals) = ("EntityRecognition", (100, 400));
        Assert.Equal(new TextFindings("en", null), await Redactions.Insight(server.Address).FindAsync("rubbish at W. Mkt", "", Stop));
    }

    [Fact]
    public async Task FindAsync_Cancelled_IsCancelled()
    {
        await using var server = await LanguageServer.StartAsync();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Redactions.Insight(server.Address).FindAsync("rubbish", "", stop.Token));
    }
}
