using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Tests.Functions;

/// <summary>What a client of the app sees, whoever answers: the app or the host.</summary>
public sealed class HttpFrontTests(HttpFrontTests.Shared shared) : IClassFixture<HttpFrontTests.Shared>
{
    private readonly TestHost _host = shared.Host;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_RouteQueryAndBody_ReachTheFunction()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/echo/%E7%81%AF%2Fa/7?x=%E7%81%AF&y=") { Content = new StringContent("路灯", Encoding.UTF8) };
        request.Headers.Add("x-ms-invocation-id", "forged");
        request.Headers.Add("X-Forwarded-For", "10.9.8.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        var echo = await JsonOf(await _host.Client.SendAsync(request, Stop));
        Assert.Equal(("灯/a", 7, "POST", "路灯"), (Text("name").Replace("%2F", "/", StringComparison.Ordinal), echo.GetProperty("number").GetInt32(), Text("method"), Text("body")));
        Assert.Equal(("?x=%E7%81%AF&y=", "http", _host.Host.Http.Authority, "127.0.0.1"), (Text("query"), Text("scheme"), Text("host"), Text("remote")));
        Assert.True(Guid.TryParse(Text("invocation"), out _));

        string Text(string name) => echo.GetProperty(name).GetString()!;
    }

    [Theory]
    [InlineData("GET", "/api/nowhere", 404, "not-found")]
    [InlineData("GET", "/a.b", 404, "not-found")]
    [InlineData("DELETE", "/api/guarded", 404, "not-found")]
    [InlineData("GET", "/api/fails", 500, "internal-error")]
    [InlineData("GET", "/api/guarded", 401, "unauthorized")]
    public async Task Request_TheHostAnswers_IsAProblemThatTellsNothingOfTheInside(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await _host.Client.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(code, JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain("secret", text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("guarded", "desk-key", 200)]
    [InlineData("guarded", "one-key", 200)]
    [InlineData("guarded", "master-key", 200)]
    [InlineData("guarded", "other-key", 401)]
    [InlineData("guarded", "Desk-key", 401)]
    [InlineData("managed", "master-key", 200)]
    [InlineData("managed", "desk-key", 401)]
    public async Task Request_Key_OpensWhatItsLevelAllows(string function, string key, int status)
    {
        using var byHeader = new HttpRequestMessage(HttpMethod.Get, $"/api/{function}");
        byHeader.Headers.Add("x-functions-key", key);
        using var first = await _host.Client.SendAsync(byHeader, Stop);
        using var second = await _host.Client.GetAsync($"/api/{function}?code={key}", Stop);
        Assert.Equal((status, status), ((int)first.StatusCode, (int)second.StatusCode));
    }

    [Fact]
    public async Task Request_FunctionAnswersWithNothing_Is204()
    {
        using var answer = await _host.Client.DeleteAsync("/api/empty", Stop);
        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop)));
    }

    [Fact]
    public async Task Request_FunctionFailsInTheMiddleOfItsAnswer_IsBrokenOff()
    {
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _host.Client.GetStringAsync("/api/breaks", Stop));
    }

    [Fact]
    public async Task Request_BodyAboveTheLimit_Is413()
    {
        using var fits = await _host.Client.PostAsync("/api/length", new ByteArrayContent(new byte[100_000]), Stop);
        Assert.Equal("100000", await fits.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusOfAsync(chunked: false));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusOfAsync(chunked: true));

        async Task<HttpStatusCode> StatusOfAsync(bool chunked)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/length") { Content = new ByteArrayContent(new byte[100_001]) };
            request.Headers.ExpectContinue = !chunked;
            request.Headers.TransferEncodingChunked = chunked;
            using var answer = await _host.Client.SendAsync(request, Stop);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Request_BrokenChunks_Is400()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _host.Host.Http.Port, Stop);
        await using var stream = socket.GetStream();
        await stream.WriteAsync("POST /api/length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\n"u8.ToArray(), Stop);
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 400", await reader.ReadLineAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ClientGoesAway_CancelsTheFunction()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var request = _host.Client.GetAsync("/api/hangs", gone.Token);
        await _host.Folder.MarkAsync("hangs");
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await _host.Folder.MarkAsync("cancelled");
    }

    [Fact]
    public async Task Request_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(async number => (number, Answer: await _host.Client.GetFromJsonAsync<JsonElement>($"/api/echo/n{number}/{number}", Stop))));
        Assert.All(answers, answer => Assert.Equal(($"n{answer.number}", answer.number), (answer.Answer.GetProperty("name").GetString(), answer.Answer.GetProperty("number").GetInt32())));
    }

    [Fact]
    public async Task Root_IsAPageThatNamesTheRoutes()
    {
        var page = await _host.Client.GetStringAsync("/", Stop);
        Assert.Contains("api/echo/{name}/{number:int?}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OfTheApp_ComesWithItsLevelAndCategory()
    {
        await _host.Client.GetAsync("/api/logs?word=lamp", Stop);
        await _host.Client.GetAsync("/api/fails", Stop);
        Assert.Contains((LogLevel.Warning, "CityBrain.Embedded.TestApp.HttpFunctions", "A word: lamp"), _host.Log.Entries);
        Assert.Contains(_host.Log.Entries, entry => entry.Level == LogLevel.Error && entry.Text.Contains("The secret of /api/fails", StringComparison.Ordinal) && entry.Text.Contains("HttpFunctions.cs", StringComparison.Ordinal));
        Assert.DoesNotContain(_host.Log.Entries, entry => entry.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) && entry.Level < LogLevel.Warning);
    }

    private static async Task<JsonElement> JsonOf(HttpResponseMessage answer) => await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Stop);

    /// <summary>One host for all of these tests: none of them changes it.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        internal TestHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync(
            "--Embedded:HostKeys:desk=desk-key", "--Embedded:FunctionKeys:GUARDED:one=one-key", "--Embedded:FunctionKeys:Other:two=other-key", "--Embedded:MasterKey=master-key", "--Embedded:MaxRequestBodyBytes=100000");

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
