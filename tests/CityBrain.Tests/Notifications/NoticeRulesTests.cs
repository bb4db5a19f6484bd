using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Notifications;
using CityBrain.Tests.City;

namespace CityBrain.Tests.Notifications;

public sealed class NoticeRulesTests
{
    private static readonly AreaMap Areas = DemoCity.Model.Areas;

    [Theory]
    [InlineData(CaseAction.AskReview, CaseState.TriageReview, "duty", NoticeKind.TriageReview)]
    [InlineData(CaseAction.AskRelease, CaseState.ReleaseReview, "duty", NoticeKind.ReleaseReview)]
    [InlineData(CaseAction.EscalateReturn, CaseState.Arbitration, "duty", NoticeKind.Arbitration)]
    [InlineData(CaseAction.Refer, CaseState.Referred, "duty", NoticeKind.Referred)]
    [InlineData(CaseAction.CloseUnanswered, CaseState.Closed, "duty", NoticeKind.ClosedUnanswered)]
    [InlineData(CaseAction.PassReply, CaseState.Verified, "reporters", NoticeKind.AskReporter)]
    [InlineData(CaseAction.AskReplyReview, CaseState.Replied, "department-dsny", NoticeKind.ReplyReview)]
    [InlineData(CaseAction.RejectReply, CaseState.Handling, "department-dsny", NoticeKind.ReplyRejected)]
    [InlineData(CaseAction.LapseReplyReview, CaseState.Replied, "duty", NoticeKind.ReplyUnreviewed)]
    [InlineData(CaseAction.Dispatch, CaseState.Dispatched, "department-dsny", NoticeKind.Dispatched)]
    [InlineData(CaseAction.Release, CaseState.Dispatched, "department-dsny", NoticeKind.Dispatched)]
    [InlineData(CaseAction.Arbitrate, CaseState.Dispatched, "department-dsny", NoticeKind.Dispatched)]
    [InlineData(CaseAction.Reassign, CaseState.Dispatched, "department-dsny", NoticeKind.Dispatched)]
    public void For_StepThatSomebodyMustKnow_TellsOneChannel(CaseAction action, CaseState to, string channel, NoticeKind kind)
    {
        var notice = Assert.Single(NoticeRules.For(Entries.Of(action, to), Areas));
        Assert.Equal((channel, kind, Entries.CaseId, 3), (notice.Channel, notice.Kind, notice.CaseId, notice.Version));
    }

    [Theory]
    [InlineData(CaseAction.File, CaseState.Filed)]
    [InlineData(CaseAction.Triage, CaseState.Triaged)]
    [InlineData(CaseAction.Accept, CaseState.Accepted)]
    [InlineData(CaseAction.Note, CaseState.Dispatched)]
    [InlineData(CaseAction.ReviewReply, CaseState.Replied)]
    [InlineData(CaseAction.ConfirmSolved, CaseState.Closed)]
    public void For_OtherStep_TellsNobody(CaseAction action, CaseState to) => Assert.Empty(NoticeRules.For(Entries.Of(action, to), Areas));

    [Theory]
    [InlineData(CaseAction.PassReply, CaseState.Verified)]
    [InlineData(CaseAction.CloseUnanswered, CaseState.Closed)]
    public void For_SensorCase_HasNoReporterToTell(CaseAction action, CaseState to) => Assert.Empty(NoticeRules.For(Entries.Of(action, to, kind: OriginKind.Sensor), Areas));

    [Theory]
    [Trait("behaviour", "Escalation: each rung has its duty role, from the grid to the city")]
    [InlineData(50, AreaLevel.Grid)]
    [InlineData(80, AreaLevel.Community)]
    [InlineData(100, AreaLevel.Street)]
    [InlineData(150, AreaLevel.District)]
    public void For_Reminder_TellsTheOwnerAndTheLevelOfTheRung(int percent, AreaLevel told)
    {
        var notices = NoticeRules.For(Reminder(percent), Areas);
        Assert.Equal([NoticeChannels.Department(Entries.Department), NoticeChannels.Area(Areas.AtLevel(Entries.Grid, told))], notices.Select(notice => notice.Channel));
        Assert.All(notices, notice => Assert.Equal(percent, notice.Rung!.Percent));
    }

    [Fact]
    public void For_ReminderOfTheLastRung_TellsTheDutyOfficers() =>
        Assert.Equal(["department-dsny", "duty"], NoticeRules.For(Reminder(300), Areas).Select(notice => notice.Channel));

    [Fact]
    public void For_ReminderOfACaseKnownOnlyByDistrict_TellsTheDistrict()
    {
        var entry = Entries.Of(CaseAction.Remind, CaseState.Dispatched, rung: new ClockRung(ClockKind.Sign, 50, Entries.Noon), area: "queens");
        Assert.Equal(["department-dsny", "area-queens"], NoticeRules.For(entry, Areas).Select(notice => notice.Channel));
    }

    private static OutboxEntry Reminder(int percent) => Entries.Of(CaseAction.Remind, CaseState.Handling, rung: new ClockRung(ClockKind.Resolve, percent, Entries.Noon) { Role = SlaClock.ToldAt(percent) });
}
