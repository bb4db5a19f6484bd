using CityBrain.Cases;
using CityBrain.Feedback;
using CityBrain.Language;

namespace CityBrain.Tests.Feedback;

public sealed class ReplyReviewCommandsTests
{
    private static readonly Actor Colleague = new("colleague", ActorKind.Staff) { Department = "sanitation" };
    private static readonly FeedbackOptions Options = new();

    private static Case Waiting => Lives.In(CaseState.Replied).After(new AskReplyReview(Lives.Doubt));

    [Fact]
    public void AskReplyReview_WaitsOneWorkingDay()
    {
        var review = Waiting.ReplyReview!;
        Assert.True(review.IsOpen);
        Assert.Equal(SmallTown.City.Calendar.Add(SmallTown.Morning, SmallTown.City.Dispatch.ReplyReview), review.DueAt);
        Assert.True(review.DueAt > SmallTown.Morning.AddHours(8));
        Assert.NotEmpty(Waiting.RefusalOf(new AskReplyReview(Lives.Doubt)));
    }

    [Fact]
    [Trait("behaviour", "Feedback: nobody reviews a reply of their own")]
    public void ReviewReply_ByTheAuthor_IsAConflict() => Assert.Equal("OWN_REPLY", ConflictOf(Waiting, new ReviewReply(true, null)));

    [Fact]
    public void ReviewReply_ByAnotherOnce_IsKeptAndNotASecondTime()
    {
        var reviewed = Waiting.After(new ReviewReply(true, "Call 13812345678: all is said."), by: Colleague);
        Assert.Equal((CaseState.Replied, "colleague", true, "Call [phone]: all is said."), (reviewed.State, reviewed.ReplyReview!.DecidedBy, reviewed.ReplyReview.Passes, reviewed.ReplyReview.Note));
        Assert.Equal("REVIEWED", ConflictOf(reviewed, new ReviewReply(false, "No."), SmallTown.Duty));
    }

    [Fact]
    public void ReviewReply_NobodyAsked_IsAConflict()
    {
        Assert.Equal("NOT_IN_REVIEW", ConflictOf(Lives.In(CaseState.Replied), new ReviewReply(true, null), Colleague));
        Assert.IsType<ChangeResult.Illegal>(Lives.In(CaseState.Handling).Given(new ReviewReply(true, null), by: Colleague));
    }

    [Theory]
    [InlineData(null, "why")]
    [InlineData(false, null)]
    [InlineData(false, "  ")]
    public void ReviewReply_WithoutADecisionOrAReasonAgainst_IsRefused(bool? passes, string? note) => Assert.NotEmpty(Waiting.RefusalOf(new ReviewReply(passes, note), by: Colleague));

    [Fact]
    [Trait("behaviour", "Dispatch: what a reporter called unsolved is verified on the spot, and not by its handler")]
    public void ReviewReply_CalledUnsolvedBefore_PassesOnlyWhenSomebodyElseLookedOnTheSpot()
    {
        var waiting = Lives.In(CaseState.Replied).After(new AskReplyReview(Lives.Doubt with { Faults = [ReplyFault.CalledUnsolved] }));
        Assert.Contains("onSite", waiting.RefusalOf(new ReviewReply(true, null), by: Colleague), StringComparison.Ordinal);
        Assert.Equal("OWN_REPLY", ConflictOf(waiting, new ReviewReply(true, null, OnSite: true)));
        var seen = waiting.After(new ReviewReply(true, null, OnSite: true), by: Colleague);
        Assert.Equal((true, true), (seen.ReplyReview!.Passes, seen.ReplyReview.OnSite));
        Assert.Equal("passes, seen on the spot", new ReviewReply(true, null, OnSite: true).Summary);
        Assert.False(waiting.After(new ReviewReply(false, "still dark"), by: Colleague).ReplyReview!.OnSite);
    }

    [Fact]
    public void ReviewReply_NoteTooLong_IsRefused() => Assert.Contains("500", Waiting.RefusalOf(new ReviewReply(true, new string('x', 501)), by: Colleague), StringComparison.Ordinal);

    [Fact]
    public void Decide_WhileAPersonIsWaitedFor_DoesNothing() => Assert.Null(Decide(Waiting));

    [Fact]
    public void Decide_ReviewerLetItPass_AsksTheReporterAndKeepsTheFinding()
    {
        var verified = Follow(Waiting.After(new ReviewReply(true, null), by: Colleague));
        Assert.Equal((CaseState.Verified, Lives.Doubt, "colleague"), (verified.State, verified.ReplyReview!.Finding, verified.ReplyReview.DecidedBy));
    }

    [Fact]
    public void Decide_ReviewerSentItBack_IsHandlingWithTheNoteAndTheNextReplyStartsAnew()
    {
        var reviewed = Waiting.After(new ReviewReply(false, "Say when."), by: Colleague);
        Assert.Equal("Say when.", Assert.IsType<RejectReply>(Decide(reviewed)).Summary);
        var handling = Follow(reviewed);
        Assert.Equal((CaseState.Handling, false), (handling.State, handling.ReplyReview!.IsOpen));
        var again = handling.After(new Reply("The rubbish in the street was taken away today at 9:10."));
        Assert.Null(again.ReplyReview);
        Assert.IsType<PassReply>(Decide(again));
        Assert.Equal(ReplyFault.SameAsRejected, Assert.IsType<RejectReply>(Decide(handling.After(new Reply(handling.Reply!.Text)))).Finding!.Faults[0]);
    }

    [Fact]
    public void RejectReply_AgainAndAgain_RemembersTheLastEight()
    {
        var current = Lives.In(CaseState.Handling);
        for (var i = 0; i < 12; i++)
        {
            current = current.After(new Reply($"reply {i}")).After(new RejectReply(["no"]));
        }

        Assert.Equal(Enumerable.Range(4, 8).Select(i => ReplyGate.Fingerprint($"reply {i}")), current.RejectedReplies!);
    }

    [Fact]
    public void LapseReplyReview_AtItsTimeOnce_LeavesItWaiting()
    {
        var due = Waiting.ReplyReview!.DueAt!.Value;
        Assert.NotEmpty(Waiting.RefusalOf(new LapseReplyReview(), due.AddTicks(-1)));
        var lapsed = Waiting.After(new LapseReplyReview(), due);
        Assert.Equal((CaseState.Replied, true), (lapsed.State, lapsed.ReplyReview!.IsOpen));
        Assert.NotEmpty(lapsed.RefusalOf(new LapseReplyReview(), due));
        Assert.Null(Decide(lapsed));
        Assert.Equal(CaseState.Verified, Follow(lapsed.After(new ReviewReply(true, null), due, SmallTown.Duty)).State);
    }

    [Fact]
    public void Summaries_SayScoreAndReasonsAndNoWordingOfTheAppeal()
    {
        var finding = Lives.Doubt with { Faults = [ReplyFault.AsksUnanswered, ReplyFault.NoTime], Asks = 2, UnansweredCount = 1, Unanswered = ["secret words"] };
        Assert.Equal("score 0.40. 1 of 2 asks seem unanswered. The reply does not say when.", new AskReplyReview(finding).Summary);
        var verified = Lives.In(CaseState.Replied).After(new PassReply(TimeSpan.FromDays(1), Lives.Doubt with { Score = 0.875, Faults = [] }));
        Assert.Equal("score 0.88", new PassReply(TimeSpan.FromDays(1)).SummaryOf(verified, verified));
    }

    private static CaseCommand? Decide(Case current) => ReplyGate.Decide(current, NgramStatistics.None, SmallTown.City, Options);

    private static Case Follow(Case current) => current.After(Decide(current)!, by: Actor.Lifecycle);

    private static string? ConflictOf(Case current, CaseCommand command, Actor? by = null) => Assert.IsType<ChangeResult.Refused>(current.Given(command, by: by)).Conflict?.Code;
}
