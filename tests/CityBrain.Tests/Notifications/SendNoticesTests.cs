using System.Net;
using Azure.Messaging.ServiceBus;
using CityBrain.Notifications;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Moq;

namespace CityBrain.Tests.Notifications;

public sealed class SendNoticesTests
{
    private readonly Mock<ServiceBusMessageActions> _actions = new();
    private readonly List<string> _posted = [];

    [Fact]
    public async Task RunAsync_SeveralNotices_ArePostedAsOneAndCompleted()
    {
        var messages = Enumerable.Range(1, 5).Select(version => Message(CityJson.Write(TestCards.Notice(version: version)))).ToArray();
        await Run(HttpStatusCode.Accepted, messages);
        Assert.Contains("5 notices", Assert.Single(_posted), StringComparison.Ordinal);
        Assert.All(messages, message => _actions.Verify(actions => actions.CompleteMessageAsync(message, It.IsAny<CancellationToken>()), Times.Once));
    }

    [Fact]
    public async Task RunAsync_RefusedForGood_GoesToTheDeadLetterQueueWithAReason()
    {
        var message = Message(CityJson.Write(TestCards.Notice()));
        await Run(HttpStatusCode.NotFound, message);
        VerifyDead(message, "WebhookRefused");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task RunAsync_NoNotice_GoesToTheDeadLetterQueueAndSpoilsNoOther(string body)
    {
        var (bad, good) = (Message(body), Message(CityJson.Write(TestCards.Notice())));
        await Run(HttpStatusCode.Accepted, bad, good);
        VerifyDead(bad, "NotNotice");
        _actions.Verify(actions => actions.CompleteMessageAsync(good, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task RunAsync_Busy_FailsAndSettlesNothing()
    {
        await Assert.ThrowsAsync<WebhookBusyException>(() => Run(HttpStatusCode.InternalServerError, Message(CityJson.Write(TestCards.Notice()))));
        _actions.VerifyNoOtherCalls();
    }

    private Task Run(HttpStatusCode answer, params ServiceBusReceivedMessage[] messages)
    {
        var options = Options.Create(new TeamsOptions { Webhooks = { ["default"] = "https://flows.example/hook" } });
        var client = new WebhookClient(new HttpClient(new Receiver(answer, _posted)), new NoWaiting());
        return new SendNotices(new TeamsWebhooks(options), new TeamsPayload(TestCards.Cards), client, NoHotline(client), options).RunAsync(messages, _actions.Object, TestContext.Current.CancellationToken);
    }

    private static HotlineCalls NoHotline(WebhookClient client) => new(Options.Create(new Dictionary<string, HotlineOptions>()), Options.Create(new TeamsOptions()), null!, TestCards.Tokens, client);

    private void VerifyDead(ServiceBusReceivedMessage message, string reason) => _actions.Verify(
        actions => actions.DeadLetterMessageAsync(message, It.IsAny<Dictionary<string, object>?>(), reason, It.Is<string>(text => text.Length > 20), It.IsAny<CancellationToken>()),
        Times.Once);

    private static ServiceBusReceivedMessage Message(string body) => ServiceBusModelFactory.ServiceBusReceivedMessage(body: BinaryData.FromString(body), sessionId: "department-dsny");

    private sealed class Receiver(HttpStatusCode answer, List<string> posted) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            posted.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(answer);
        }
    }

    private sealed class NoWaiting : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
