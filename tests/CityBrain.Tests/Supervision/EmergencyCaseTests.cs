using CityBrain.Cases;
using CityBrain.Emergency;
using CityBrain.Feedback;
using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

public sealed class EmergencyCaseTests
{
    [Fact]
    public void Of_CaseThatIsLinkedToAnEmergency_LeavesTheRanking()
    {
        var linked = Rated(new LinkEmergency(CaseKeys.CaseId("emergency", "1")));
        Assert.Equal(ExclusionReason.Emergency, linked.Excluded);
        Assert.Null(Rated(null).Excluded);
        var line = RateTable.Of([linked, Rated(null)], RateDimension.Department, new RateRules(1, 30, 35, 35)).All;
        Assert.Equal((2, 1, 1), (line.Cases, line.Answered, line.Excluded[ExclusionReason.Emergency]));
    }

    private static RatedCase Rated(LinkEmergency? link)
    {
        var verified = Lives.In(CaseState.Verified);
        var before = link is null ? verified : verified.After(link);
        var closed = before.After(new AnswerFeedback(true, true, true, null));
        var step = new HistoryEntry(closed.Version, closed.ChangedAt, "reporter", ActorKind.Reporter, CaseAction.ConfirmSolved, before.State, closed.State, null);
        return RatedCase.Of(CaseFact.Of(new OutboxEntry(CaseSummary.Of(before), CaseSummary.Of(closed), step))!, null)!;
    }
}
