using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

public sealed class OverdueDeskTests
{
    private static readonly DateTimeOffset Friday = new(2024, 9, 20, 0, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Tuesday = new(2024, 9, 24, 0, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset MakeUpSunday = new(2024, 9, 29, 0, 30, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("behaviour", "Supervision: a reminder before the due day, a notice the day after, criticism five working days on")]
    public async Task Sweep_LateCase_RemindsNoticesAndCriticisesEachOnce()
    {
        await using var host = await SupervisionHost.OpenAsync();
        var id = await host.LiveAsync("1", Lives.To(CaseState.Handling));
        await host.LiveAsync("2", Lives.To(CaseState.Replied));
        var desk = host.Get<OverdueDesk>();
        Assert.Equal(0, await desk.SweepAsync(Stop));
        foreach (var (now, step) in new[] { (Friday, OverdueStep.Reminder), (Tuesday, OverdueStep.Notice), (MakeUpSunday, OverdueStep.Criticism) })
        {
            host.Store.Clock.Now = now;
            Assert.Equal((1, 0), (await desk.SweepAsync(Stop), await desk.SweepAsync(Stop)));
            Assert.Equal((id, step, "sanitation"), (host.Notices.Steps.Last().CaseId, host.Notices.Steps.Last().Step, host.Notices.Steps.Last().Department));
        }

        Assert.Equal(3, host.Notices.Steps.Count);
        Assert.Equal([OverdueStep.Criticism, OverdueStep.Notice, OverdueStep.Reminder], await StepsAsync(host, "duty"));
    }

    [Fact]
    public async Task Sweep_NoticesAreDown_TellsWithTheNextSweepAndAsOfTheFirst()
    {
        await using var host = await SupervisionHost.OpenAsync();
        await host.LiveAsync("1", Lives.To(CaseState.Handling));
        var desk = host.Get<OverdueDesk>();
        (host.Store.Clock.Now, host.Notices.Fails) = (Tuesday, true);
        await Assert.ThrowsAsync<IOException>(() => desk.SweepAsync(Stop));
        (host.Store.Clock.Now, host.Notices.Fails) = (Tuesday.AddHours(1), false);
        Assert.Equal(0, await desk.SweepAsync(Stop));
        Assert.Equal(Tuesday, Assert.Single(host.Notices.Steps).At);
    }

    [Fact]
    public async Task Sweep_ReplyIsThere_SettlesTheEntries()
    {
        await using var host = await SupervisionHost.OpenAsync();
        var id = await host.LiveAsync("1", Lives.To(CaseState.Handling));
        host.Store.Clock.Now = Tuesday;
        await host.Get<OverdueDesk>().SweepAsync(Stop);
        await host.GiveAsync(id, new Reply("The rubbish was taken away this morning."));
        Assert.Equal(0, await host.Get<OverdueDesk>().SweepAsync(Stop));
        Assert.Empty(await StepsAsync(host, "duty"));
        Assert.Equal(0, await host.Get<OverdueDesk>().SweepAsync(Stop));
    }

    [Fact]
    public async Task Sweep_ReassignedCase_IsSettledWithTheOneAndStartsAnewWithTheOther()
    {
        await using var host = await SupervisionHost.OpenAsync();
        var id = await host.LiveAsync("1", Lives.To(CaseState.Handling));
        host.Store.Clock.Now = Tuesday;
        await host.Get<OverdueDesk>().SweepAsync(Stop);
        await host.GiveAsync(id, new Reassign("parks", "theirs"));
        await host.Get<OverdueDesk>().SweepAsync(Stop);
        Assert.Empty(await StepsAsync(host, "duty"));
        host.Store.Clock.Now = Tuesday.AddDays(30);
        await host.Get<OverdueDesk>().SweepAsync(Stop);
        Assert.Equal([OverdueStep.Criticism, OverdueStep.Notice], await StepsAsync(host, "parks"));
    }

    [Fact]
    public async Task Acknowledge_ByTheDepartment_KeepsTheFirstWord()
    {
        await using var host = await SupervisionHost.OpenAsync();
        var id = await host.LiveAsync("1", Lives.To(CaseState.Handling));
        host.Store.Clock.Now = Tuesday;
        await host.Get<OverdueDesk>().SweepAsync(Stop);
        Assert.Empty(await StepsAsync(host, "parks"));
        Assert.Equal(404, (await AcknowledgeAsync(host, "parks", id, "ours?")).Status);
        Assert.Equal(400, (await AcknowledgeAsync(host, "sanitation", id, "")).Status);
        Assert.Equal(200, (await AcknowledgeAsync(host, "sanitation", id, "A crew comes tomorrow")).Status);
        var (status, answer) = await AcknowledgeAsync(host, "duty", id, "me too");
        var word = answer.GetProperty("entries")[0].GetProperty("acknowledged");
        Assert.Equal((200, "sanitation", "A crew comes tomorrow"), (status, word.GetProperty("by").GetString(), word.GetProperty("note").GetString()));
    }

    private static Task<(int Status, System.Text.Json.JsonElement Answer)> AcknowledgeAsync(SupervisionHost host, string key, string id, string note) =>
        host.CallAsync<AcknowledgeOverdue>(key, (function, request) => function.RunAsync(request, id, Stop), body: new { note });

    private static async Task<List<OverdueStep>> StepsAsync(SupervisionHost host, string key)
    {
        var (_, answer) = await host.CallAsync<GetOverdue>(key, (function, request) => function.RunAsync(request, Stop));
        return [.. answer.GetProperty("entries").EnumerateArray().Select(entry => Enum.Parse<OverdueStep>(entry.GetProperty("step").GetString()!, ignoreCase: true))];
    }
}
