using System.Collections.Concurrent;
using CityBrain.Cases;
using CityBrain.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace CityBrain.Tests.Notifications;

/// <summary>From a step of a case through the queue to a webhook.</summary>
public sealed class TeamsFlowTests
{
    private const int Notices = 30;

    [Fact]
    public async Task Notices_OfAChannelWithAWebhook_ArriveOnceInFewCards()
    {
        var stop = TestContext.Current.CancellationToken;
        var received = new ConcurrentQueue<string>();
        await using var webhook = await StartReceiverAsync(received, stop);
        await using var app = await CityApp.StartAsync($"--Teams:Webhooks:department_dsny={webhook.Urls.Single()}/hook?sig=secret");
        var writer = app.Services.GetServices<IOutboxHandler>().OfType<NoticeWriter>().Single();
        var durable = new Mock<DurableTaskClient>("test").Object;
        await Task.WhenAll(Enumerable.Range(1, Notices).Select(version => writer.HandleAsync(Entries.Of(CaseAction.Dispatch, CaseState.Dispatched, version), durable, stop)));
        await writer.HandleAsync(Entries.Of(CaseAction.PassReply, CaseState.Verified), durable, stop);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (received.Sum(Count) < Notices)
        {
            await Task.Delay(50, limit.Token);
        }

        Assert.Equal(Notices, received.Sum(Count));
        Assert.InRange(received.Count, 1, Notices - 1);
        Assert.DoesNotContain(received, card => card.Contains("/api/feedback/", StringComparison.Ordinal));
    }

    /// <summary>How many notices a posted card tells of: the title of a digest says so.</summary>
    private static int Count(string card)
    {
        var title = System.Text.RegularExpressions.Regex.Match(card, @"""(\d+) notices for");
        return title.Success ? int.Parse(title.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 1;
    }

    private static async Task<WebApplication> StartReceiverAsync(ConcurrentQueue<string> received, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/hook", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            received.Enqueue(await reader.ReadToEndAsync(request.HttpContext.RequestAborted));
            return Results.StatusCode(StatusCodes.Status202Accepted);
        });
        await app.StartAsync(cancellationToken);
        return app;
    }
}
