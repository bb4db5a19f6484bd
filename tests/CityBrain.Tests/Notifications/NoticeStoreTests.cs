using CityBrain.Cases;
using CityBrain.Notifications;
using CityBrain.Tests.City;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace CityBrain.Tests.Notifications;

public sealed class NoticeStoreTests
{
    [Fact]
    public async Task HandleAsync_SameEntryTwice_IsOneNotice()
    {
        await using var app = await CityApp.StartAsync("--Embedded:ClockStart=2026-03-10T05:00:00Z");
        var writer = app.Services.GetServices<IOutboxHandler>().OfType<NoticeWriter>().Single();
        var stop = TestContext.Current.CancellationToken;
        var durable = new Mock<DurableTaskClient>("test").Object;
        await writer.HandleAsync(Entries.Of(CaseAction.Dispatch, CaseState.Dispatched), durable, stop);
        await writer.HandleAsync(Entries.Of(CaseAction.Dispatch, CaseState.Dispatched), durable, stop);
        var notice = Assert.Single(await app.Services.GetRequiredService<NoticeStore>().NewestAsync("department-dsny", 10, stop));
        Assert.Equal(TestCards.Notice(), notice);
    }

    [Fact]
    public async Task NewestAsync_SeveralDays_IsNewestFirstAndForgetsTheOld()
    {
        await using var app = await CityApp.StartAsync("--Embedded:ClockStart=2026-03-10T05:00:00Z");
        var store = app.Services.GetRequiredService<NoticeStore>();
        var stop = TestContext.Current.CancellationToken;
        foreach (var days in new[] { 0, 13, 3, 14, 1 })
        {
            var entry = Entries.Of(CaseAction.AskReview, CaseState.TriageReview, 20 - days, at: Entries.Noon.AddDays(-days));
            await store.WriteAsync(NoticeRules.For(entry, DemoCity.Model.Areas)[0], stop);
        }

        Assert.Equal([20, 19, 17, 7], (await store.NewestAsync(NoticeChannels.Duty, 10, stop)).Select(notice => notice.Version));
        Assert.Equal([20, 19], (await store.NewestAsync(NoticeChannels.Duty, 2, stop)).Select(notice => notice.Version));
    }
}
