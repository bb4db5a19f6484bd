using System.Text.Json;
using CityBrain.Cases;
using CityBrain.Emergency;
using CityBrain.Feedback;
using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

/// <summary>A case of an emergency is left out of the rates when a second duty officer confirms, and counts until then.</summary>
public sealed class EmergencyCaseTests : IAsyncLifetime
{
    private static readonly string EmergencyId = CaseKeys.CaseId("emergency", "1");
    private SupervisionHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await SupervisionHost.OpenAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("behaviour", "Emergency: linked cases leave the ranking")]
    public async Task Rates_CaseThatIsLinkedToAnEmergency_CountsUntilAnotherDutyOfficerConfirms()
    {
        var caseId = await LinkedAsync("1");
        Assert.Equal((1, 1), await AnsweredAndAskedAsync());
        var own = await ReviewAsync(caseId, "duty");
        Assert.Equal((409, "ILLEGAL_REVIEW"), (own.Status, own.Answer.GetProperty("code").GetString()));
        Assert.Equal((1, 1), await AnsweredAndAskedAsync());
        Assert.Equal(200, (await ReviewAsync(caseId, "duty2")).Status);
        Assert.Equal((0, 0), await AnsweredAndAskedAsync());
    }

    [Fact]
    public async Task Rates_ToldTwice_AskOnce()
    {
        var caseId = await LinkedAsync("1");
        await ReviewAsync(caseId, "duty2");
        var closed = CaseSummary.Of((await _host.Store.Cases.FindAsync(caseId, Stop))!);
        var step = (await _host.Store.Cases.HistoryAsync(caseId, Stop))[^1];
        await _host.Get<FactWriter>().HandleAsync(new OutboxEntry(closed, closed, step), _host.Store.Durable.Client, Stop);
        Assert.Equal((0, 0), await AnsweredAndAskedAsync());
    }

    [Fact]
    public async Task Rates_LinkThatWasTakenBack_AsksForNothing()
    {
        await LinkedAsync("1", new LinkEmergency());
        Assert.Equal((1, 0), await AnsweredAndAskedAsync());
    }

    private async Task<string> LinkedAsync(string sourceId, params CaseCommand[] more)
    {
        var caseId = await _host.LiveAsync(sourceId, Lives.To(CaseState.Verified));
        Assert.IsType<ChangeResult.Changed>(await _host.Store.Cases.ChangeAsync(caseId, new LinkEmergency(EmergencyId), SmallTown.Duty, _host.Store.Durable.Client, cancellationToken: Stop));
        await _host.GiveAsync(caseId, [.. more, new AnswerFeedback(true, true, true, null)]);
        return caseId;
    }

    private Task<(int Status, JsonElement Answer)> ReviewAsync(string caseId, string duty) => _host.CallAsync<ReviewExclusion>(
        duty, (review, request) => review.RunAsync(request, caseId, Stop), body: new { month = "2024-09", granted = true, note = "flood of that day" });

    private async Task<(int Answered, int Asked)> AnsweredAndAskedAsync()
    {
        var read = (await _host.Get<MonthFigures>().ReadAsync(new Month(2024, 9), null, Stop))!;
        return (RateTable.Of(read.Cases, RateDimension.Department, read.Rules).All.Answered, read.Cases.Count(one => one.ExclusionAsked));
    }
}
