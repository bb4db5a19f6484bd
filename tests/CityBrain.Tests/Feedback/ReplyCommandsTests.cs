using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Feedback;

namespace CityBrain.Tests.Feedback;

public sealed class ReplyCommandsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \n ")]
    public void Reply_NoText_IsRefused(string? text) => Assert.NotEmpty(Lives.In(CaseState.Handling).RefusalOf(new Reply(text!)));

    [Fact]
    public void Reply_LongestText_IsAcceptedAndOneMoreIsNot()
    {
        Lives.In(CaseState.Handling).After(new Reply(new string('x', 4000)));
        Assert.Contains("4000", Lives.In(CaseState.Handling).RefusalOf(new Reply(new string('x', 4001))), StringComparison.Ordinal);
    }

    [Fact]
    public void Reply_PersonalData_IsRedacted() =>
        Assert.Equal("Called [phone] and cleaned up.", Lives.In(CaseState.Handling).After(new Reply("Called 13812345678 and cleaned up.")).Reply!.Text);

    [Fact]
    public void PassReply_SecondTime_StartsASecondRoundAndForgetsTheAnswer()
    {
        var again = Lives.In(CaseState.Reopened);
        Assert.NotNull(again.Answer);
        var verified = Lives.To(CaseState.Verified).SkipWhile(command => command is not DispatchTo).Aggregate(again, (current, command) => current.After(command));
        Assert.Equal((CaseState.Verified, 2, 1), (verified.State, verified.Feedback!.Number, verified.Reopens));
        Assert.Null(verified.Answer);
    }

    [Fact]
    public void AnswerFeedback_CommentWithPersonalData_IsRedacted() =>
        Assert.Equal("write to [email]", Lives.In(CaseState.Verified).After(new AnswerFeedback(true, true, true, "write to a@example.org")).Answer!.Comment);

    [Fact]
    public void AnswerFeedback_CommentTooLong_IsRefused() =>
        Assert.Contains("1000", Lives.In(CaseState.Verified).RefusalOf(new AnswerFeedback(true, true, true, new string('x', 1001))), StringComparison.Ordinal);
}
