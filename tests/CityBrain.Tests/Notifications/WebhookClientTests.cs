using System.Net;
using System.Net.Http.Headers;
using CityBrain.Notifications;

namespace CityBrain.Tests.Notifications;

public sealed class WebhookClientTests
{
    private static readonly Uri Webhook = new("https://flows.example/hook?sig=secret");

    [Theory]
    [InlineData(HttpStatusCode.OK, null)]
    [InlineData(HttpStatusCode.Accepted, null)]
    [InlineData(HttpStatusCode.BadRequest, 400)]
    [InlineData(HttpStatusCode.NotFound, 404)]
    [InlineData(HttpStatusCode.Redirect, 302)]
    public async Task PostAsync_FinalAnswer_IsReportedAtOnce(HttpStatusCode answer, int? expected)
    {
        var receiver = new Receiver(_ => new HttpResponseMessage(answer));
        Assert.Equal(expected, await Post(receiver, new SkippingTime()));
        Assert.Equal(1, receiver.Requests);
    }

    [Fact]
    public async Task PostAsync_TooMany_WaitsAsLongAsRetryAfterSays()
    {
        var time = new SkippingTime();
        var receiver = new Receiver(request => request == 1
            ? new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)) } }
            : new HttpResponseMessage(HttpStatusCode.Accepted));
        Assert.Null(await Post(receiver, time));
        Assert.Equal(2, receiver.Requests);
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(time.Waits));
    }

    [Fact]
    public async Task PostAsync_BusyForLong_WaitsAtMostAMinuteAndGivesUpWithoutNamingTheAddress()
    {
        var time = new SkippingTime();
        var receiver = new Receiver(_ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromHours(1)) } });
        var busy = await Assert.ThrowsAsync<WebhookBusyException>(() => Post(receiver, time));
        Assert.Equal(4, receiver.Requests);
        Assert.All(time.Waits, wait => Assert.Equal(TimeSpan.FromMinutes(1), wait));
        Assert.DoesNotContain("secret", busy.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostAsync_Unreachable_IsBusyWithoutNamingTheAddress()
    {
        var receiver = new Receiver(_ => throw new HttpRequestException(HttpRequestError.NameResolutionError, "flows.example?sig=secret"));
        var busy = await Assert.ThrowsAsync<WebhookBusyException>(() => Post(receiver, new SkippingTime()));
        Assert.DoesNotContain("secret", busy.ToString(), StringComparison.Ordinal);
    }

    private static Task<int?> Post(Receiver receiver, TimeProvider time) =>
        new WebhookClient(new HttpClient(receiver), time).PostAsync(Webhook, "{}"u8.ToArray(), cancellationToken: TestContext.Current.CancellationToken);

    private sealed class Receiver(Func<int, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(++Requests));
    }

    /// <summary>Time in which every wait is over at once, and remembered.</summary>
    private sealed class SkippingTime : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime > TimeSpan.Zero)
            {
                Waits.Add(dueTime);
            }

            return System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
        }
    }
}
