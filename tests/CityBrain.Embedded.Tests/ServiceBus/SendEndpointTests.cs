using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

public sealed class SendEndpointTests : IAsyncLifetime
{
    private const string Key = "c2VjcmV0LWtleQ==";

    private BusFixture _bus = null!;
    private WebApplication _web = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _bus = await StartAsync(new ServiceBusOptions
        {
            Queues = [new QueueOptions { Name = "events", MaxMessageSize = 256 * 1024 }, new QueueOptions { Name = "ordered", RequiresSession = true }, new QueueOptions { Name = "other" }],
            Keys = [new SharedAccessKey("device", Key, ["events", "ordered", "none"], AccessRights.Send), new SharedAccessKey("reader", Key, ["*"], AccessRights.Listen)],
        });
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        _web = builder.Build();
        _web.MapServiceBusSend(_bus.Server, NullLogger.Instance);
        await _web.StartAsync(Token);
        _http = _web.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _web.DisposeAsync();
        await _bus.DisposeAsync();
    }

    [Fact]
    public async Task Send_PropertiesAndHeaders_ArriveInTheQueue()
    {
        using var request = Request("events/messages?timeout=60&api-version=2015-01");
        request.Content = new StringContent("""{"v":1}""", Encoding.UTF8, "application/json");
        request.Headers.Add("BrokerProperties", """{"MessageId":"m","SessionId":"s","CorrelationId":"c","Label":"l","ReplyTo":"r","ReplyToSessionId":"rs","To":"t","TimeToLive":60.5,"ForcePersistence":true}""");
        request.Headers.Add("Priority", "\"High\"");
        request.Headers.Add("Count", "12");
        request.Headers.Add("Alarm", "true");
        request.Headers.Add("Plain", "plain text");
        using var response = await _http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var message = await Receiver("events").ReceiveMessageAsync(Soon, Token);
        Assert.Equal("""{"v":1}""", message!.Body.ToString());
        Assert.Equal(("m", "s", "c", "l", "r"), (message.MessageId, message.SessionId, message.CorrelationId, message.Subject, message.ReplyTo));
        Assert.Equal(("rs", "t", TimeSpan.FromSeconds(60.5)), (message.ReplyToSessionId, message.To, message.TimeToLive));
        Assert.StartsWith("application/json", message.ContentType, StringComparison.Ordinal);
        Assert.Equal(new Dictionary<string, object> { ["Priority"] = "High", ["Count"] = 12, ["Alarm"] = true, ["Plain"] = "plain text" }, message.ApplicationProperties);
    }

    [Fact]
    public async Task Send_ScheduledEnqueueTime_WaitsInTheQueue()
    {
        using var request = Request("events/messages");
        request.Headers.Add("BrokerProperties", """{"ScheduledEnqueueTimeUtc":"Sat, 06 Nov 2094 08:49:37 GMT"}""");
        Assert.Equal(HttpStatusCode.Created, (await _http.SendAsync(request, Token)).StatusCode);
        var message = await Receiver("events").PeekMessageAsync(cancellationToken: Token);
        Assert.Equal((ServiceBusMessageState.Scheduled, new DateTimeOffset(2094, 11, 6, 8, 49, 37, TimeSpan.Zero)), (message!.State, message.ScheduledEnqueueTime));
    }

    [Fact]
    public async Task SendBatch_AllOrNone()
    {
        const string Good = """
            [{"Body":"one","BrokerProperties":{"Label":"M1","TimeToLiveTimeSpan":"0.00:00:40"}},{"Body":"two","UserProperties":{"Priority":"Low","Count":2}},{"Body":"three"}]
            """;
        Assert.Equal(HttpStatusCode.Created, await SendBatchAsync("events", Good));
        var messages = await Receiver("events").ReceiveMessagesAsync(10, Soon, Token);
        Assert.Equal(["one", "two", "three"], messages.Select(message => message.Body.ToString()));
        Assert.Equal(("M1", TimeSpan.FromSeconds(40)), (messages[0].Subject, messages[0].TimeToLive));
        Assert.Equal(new Dictionary<string, object> { ["Priority"] = "Low", ["Count"] = 2 }, messages[1].ApplicationProperties);
        Assert.Equal(HttpStatusCode.BadRequest, await SendBatchAsync("ordered", """[{"Body":"a","BrokerProperties":{"SessionId":"s"}},{"Body":"b"}]"""));
        await using var session = await _bus.Client.AcceptSessionAsync("ordered", "s", cancellationToken: Token);
        Assert.True(await _bus.IsEmptyAsync(session));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[{}]")]
    [InlineData("""[{"Body":1}]""")]
    [InlineData("""[{"Body":"a","BrokerProperties":[]}]""")]
    [InlineData("""[{"Body":"a","UserProperties":{"x":[1]}}]""")]
    [InlineData("""[{"Body":"\ud800"}]""")]
    [InlineData("not json")]
    public async Task SendBatch_Malformed_BadRequest(string body) => Assert.Equal(HttpStatusCode.BadRequest, await SendBatchAsync("events", body));

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"MessageId":5}""")]
    [InlineData("""{"TimeToLive":-1}""")]
    [InlineData("""{"TimeToLive":1e300}""")]
    [InlineData("""{"ScheduledEnqueueTimeUtc":"soon"}""")]
    [InlineData("""{"SessionId":"a","PartitionKey":"b"}""")]
    [InlineData("""{"PartitionKey":"b","SessionId":"a"}""")]
    public async Task Send_WrongBrokerProperties_BadRequest(string properties)
    {
        using var request = Request("events/messages");
        request.Headers.Add("BrokerProperties", properties);
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.SendAsync(request, Token)).StatusCode);
    }

    [Fact]
    public async Task Send_UnknownQueueOrTooLargeOrOtherPath_RefusedAsDocumented()
    {
        Assert.Equal(HttpStatusCode.Gone, (await _http.SendAsync(Request("none/messages"), Token)).StatusCode);
        foreach (var size in new[] { 257 * 1024, 4_000_000 })
        {
            using var large = Request("events/messages");
            large.Content = new ByteArrayContent(new byte[size]);
            Assert.Equal(HttpStatusCode.Forbidden, (await _http.SendAsync(large, Token)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await _http.SendAsync(Request("events"), Token)).StatusCode);
        using var get = Request("events/messages");
        get.Method = HttpMethod.Get;
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _http.SendAsync(get, Token)).StatusCode);
    }

    [Fact]
    public async Task Send_TokenNotValid_Unauthorized()
    {
        var (now, queue) = (TimeProvider.System.GetUtcNow(), new Uri(_http.BaseAddress!, "events").ToString());
        var good = SharedAccessSignature.Create(queue, "device", Key, now.AddMinutes(5));
        string?[] bad =
        [
            null,
            "Bearer abc",
            "SharedAccessSignature",
            "SharedAccessSignature sr=x",
            good.Replace("sig=", "sig=A", StringComparison.Ordinal),
            good.Replace("se=", "se=9", StringComparison.Ordinal),
            SharedAccessSignature.Create(queue, "device", "wrong", now.AddMinutes(5)),
            SharedAccessSignature.Create(queue, "nobody", Key, now.AddMinutes(5)),
            SharedAccessSignature.Create(queue, "device", Key, now.AddMinutes(-1)),
            SharedAccessSignature.Create(queue + "2", "device", Key, now.AddMinutes(5)),
            SharedAccessSignature.Create("http://other.example/events", "device", Key, now.AddMinutes(5)),
            SharedAccessSignature.Create(queue, "reader", Key, now.AddMinutes(5)),
        ];
        foreach (var token in bad)
        {
            using var request = Request("events/messages", token);
            Assert.Equal(HttpStatusCode.Unauthorized, (await _http.SendAsync(request, Token)).StatusCode);
        }

        using (var request = Request("other/messages"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await _http.SendAsync(request, Token)).StatusCode);
        }

        foreach (var resource in new[] { queue, _http.BaseAddress!.ToString(), _http.BaseAddress.Host, _http.BaseAddress.Authority + "/events" })
        {
            using var request = Request("events/messages", SharedAccessSignature.Create(resource, "device", Key, now.AddMinutes(5)));
            Assert.Equal(HttpStatusCode.Created, (await _http.SendAsync(request, Token)).StatusCode);
        }
    }

    private ServiceBusReceiver Receiver(string queue) => _bus.Client.CreateReceiver(queue);

    private async Task<HttpStatusCode> SendBatchAsync(string queue, string body)
    {
        using var request = Request($"{queue}/messages");
        request.Content = new StringContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/vnd.microsoft.servicebus.json");
        return (await _http.SendAsync(request, Token)).StatusCode;
    }

    private HttpRequestMessage Request(string path) =>
        Request(path, SharedAccessSignature.Create(_http.BaseAddress!.ToString(), "device", Key, TimeProvider.System.GetUtcNow().AddMinutes(5)));

    private static HttpRequestMessage Request(string path, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("x") };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        return request;
    }
}
