using System.Text.Json;
using CityBrain.Cases;
using CityBrain.Feedback;
using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

public sealed class ProblemDeskTests
{
    private static readonly AnswerFeedback Solved = new(true, true, true, null);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("behaviour", "Beyond the public systems: what was done about them is tested after 30 and 90 days")]
    public async Task Register_RecurrentProblemThatIsReviewed_IsTestedOnWhatComesAfter()
    {
        await using var host = await SupervisionHost.OpenAsync(new() { RecurrentCases = 3 });
        var desk = host.Get<ProblemDesk>();
        foreach (var number in new[] { "1", "2", "3" })
        {
            await host.CalledBackAsync(number, Solved);
        }

        await desk.SweepAsync(Stop);
        await desk.SweepAsync(Stop);
        Assert.Equal(3, Assert.Single(await desk.ListAsync(Stop)).Count);
        Assert.Empty(await ListAsync(host, "parks"));
        Assert.Single(await ListAsync(host, "west"));

        var measures = new { categoryCode = "rubbish", streetId = "s-west", note = "A second bin was put up", measuresAt = SmallTown.Morning.AddHours(1) };
        host.Store.Clock.Now = SmallTown.Morning.AddHours(1);
        Assert.Equal(404, (await ReviewAsync(host, "parks", measures)).Status);
        Assert.Equal(200, (await ReviewAsync(host, "sanitation", measures)).Status);
        Assert.Equal(200, (await ReviewAsync(host, "sanitation", measures)).Status);
        Assert.Equal(400, (await ReviewAsync(host, "sanitation", new { categoryCode = "rubbish", streetId = "s-west", note = "x", measuresAt = SmallTown.Morning.AddHours(2) })).Status);

        host.Store.Clock.Now = SmallTown.Morning.AddDays(31);
        await desk.SweepAsync(Stop);
        var tested = Assert.Single(await desk.ListAsync(Stop));
        Assert.Single(tested.Reviews);
        Assert.Equal([RecurrenceVerdict.Passed, RecurrenceVerdict.Pending], tested.Tests!.Select(test => test.Verdict));

        await host.CalledBackAsync("4", Solved);
        await host.CalledBackAsync("5", Solved);
        await host.LiveAsync("6", Lives.To(CaseState.Handling));
        host.Store.Clock.Now = SmallTown.Morning.AddDays(32);
        await desk.SweepAsync(Stop);
        Assert.Equal([(RecurrenceVerdict.Passed, 0), (RecurrenceVerdict.Failed, 3)], Assert.Single(await desk.ListAsync(Stop)).Tests!.Select(test => (test.Verdict, test.Again)));
    }

    private static async Task<List<JsonElement>> ListAsync(SupervisionHost host, string key)
    {
        var (_, answer) = await host.CallAsync<ListProblems>(key, (function, request) => function.RunAsync(request, Stop));
        return [.. answer.GetProperty("problems").EnumerateArray()];
    }

    private static Task<(int Status, JsonElement Answer)> ReviewAsync(SupervisionHost host, string key, object body) =>
        host.CallAsync<ReviewProblem>(key, (function, request) => function.RunAsync(request, Stop), body: body);
}
