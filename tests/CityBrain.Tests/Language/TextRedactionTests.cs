using CityBrain.Language;

namespace CityBrain.Tests.Language;

/// <summary>The city's own recognisers first, then the service; and nothing at all when one of them fails.</summary>
public sealed class TextRedactionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RedactAsync_NoService_IsTheCitysOwn()
    {
        Assert.False(Redactions.Local.AsksService);
        Assert.Equal(["call [phone]", ""], await Redactions.Local.RedactAsync(["call 13812345678", ""], null, Stop));
    }

    [Fact]
    public async Task RedactAsync_Service_SeesOnlyWhatIsLeftAndItsFindingsGoToo()
    {
        await using var server = await LanguageServer.StartAsync();
        var redacted = await Redactions.Asking(server.Address).RedactAsync(["\uD83D\uDE00 Wendell Quist of Elm Street, 13812345678, says Wendell Quist"], null, Stop);
        Assert.Equal(["\uD83D\uDE00 [name] of Elm Street, [phone], says [name]"], redacted);
        var request = Assert.Single(server.Requests);
        Assert.DoesNotContain("13812345678", request.ToJsonString(), StringComparison.Ordinal);
        Assert.True((bool)request["parameters"]!["loggingOptOut"]!);
        Assert.Equal("Utf16CodeUnit", (string?)request["parameters"]!["stringIndexType"]);
        Assert.Equal("en", (string?)request["analysisInput"]!["documents"]![0]!["language"]);
    }

    [Fact]
    [Trait("behaviour", "Personal data: a long text is cut for the service")]
    public async Task RedactAsync_LongTexts_GoInDocumentsAndRequestsThatTheServiceTakes()
    {
        await using var server = await LanguageServer.StartAsync();
        var text = string.Concat(Enumerable.Repeat("路灯坏了\u3002Wendell Quist. ", 1500));
        var redacted = await Redactions.Asking(server.Address).RedactAsync([text, "short", text], null, Stop);
        Assert.Equal(text.Replace("Wendell Quist", "[name]", StringComparison.Ordinal), redacted![0]);
        Assert.Equal(redacted[0], redacted[2]);
        Assert.Equal("short", redacted[1]);
        Assert.True(server.Requests.Count > 2);
        Assert.Contains(server.Requests, request => (string?)request["analysisInput"]!["documents"]![0]!["language"] == "zh-hans");
    }

    [Fact]
    public async Task RedactAsync_ServiceThrottles_WaitsAndSucceeds()
    {
        await using var server = await LanguageServer.StartAsync();
        server.Refusals = (2, 429);
        Assert.Equal(["[name]"], await Redactions.Asking(server.Address).RedactAsync(["Wendell Quist"], null, Stop));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    [Trait("behaviour", "Personal data: where redaction fails nothing is shown")]
    public async Task RedactAsync_OneDocumentRefused_LetsNothingThrough()
    {
        await using var server = await LanguageServer.StartAsync();
        Assert.Null(await Redactions.Asking(server.Address).RedactAsync(["well", "poison"], null, Stop));
    }

    [Theory]
    [Trait("behaviour", "Personal data: where redaction fails nothing is shown")]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(503)]
    public async Task RedactAsync_ServiceFails_LetsNothingThrough(int status)
    {
        await using var server = await LanguageServer.StartAsync();
        server.Refusals = (100, status);
        Assert.Null(await Redactions.Asking(server.Address).RedactAsync(["well"], null, Stop));
    }

    [Fact]
    public void Of_Text_IsCutAtSentenceEndsAndIsWholeAgain()
    {
        Assert.Equal(["ab.", " cd.", " "], TextChunks.Of("ab. cd. ", 4));
        Assert.Empty(TextChunks.Of("", 4));
        var text = string.Concat(Enumerable.Repeat("e\u0301\uD83D\uDE00x.", 40)) + new string('y', 30);
        Assert.All(Enumerable.Range(1, 30), longest =>
        {
            var chunks = TextChunks.Of(text, longest);
            Assert.Equal(text, string.Concat(chunks));
            Assert.All(chunks, chunk => Assert.InRange(new System.Globalization.StringInfo(chunk).LengthInTextElements, 1, longest));
        });
    }

    [Theory]
    [InlineData("小区噪音扰民", "zh")]
    [InlineData("Wi-Fi 坏了", "zh")]
    [InlineData("The street light is out", "en")]
    [InlineData("街灯がこわれています", "other")]
    [InlineData("Улица", "other")]
    [InlineData("가로등이 고장났어요", "other")]
    [InlineData("12345 !", "other")]
    [InlineData("", "other")]
    public void Of_Text_TellsTheLanguageByItsScript(string text, string language) => Assert.Equal(language, TextLanguage.Of(text));

    [Theory]
    [InlineData("https://x.cognitiveservices.azure.com", "k", true)]
    [InlineData("http://localhost:5000", "k", true)]
    [InlineData("http://x.example", "k", false)]
    [InlineData(null, "k", false)]
    [InlineData("https://x.example", null, false)]
    [InlineData(null, null, true)]
    public void Validate_Settings_BothOrNeitherAndHttps(string? endpoint, string? key, bool good)
    {
        var options = new LanguageOptions { Endpoint = endpoint is null ? null : new Uri(endpoint), Key = key };
        Assert.Equal(good, !options.Validate(new(options)).Any());
    }
}
