using CityBrain.Cases;
using CityBrain.Feedback;
using CityBrain.Language;

namespace CityBrain.Tests.Feedback;

public sealed class ReplyGateTests
{
    private const string Lamp = "The street light at the corner of Rose Street has been out for a week. Please repair it before the school term starts. Can you tell us who pays for the damaged fence?";
    private const string Noise = "河边夜市每天晚上噪音很大，影响休息。请问夜市几点必须关门？希望城管晚上来巡查。";

    [Theory]
    [Trait("behaviour", "Feedback: a reply takes up each ask, with what was done, where and when")]
    [InlineData(Lamp, "The street light at the corner of Rose Street was repaired on 3 March: a fuse was wet and was replaced. The damaged fence is paid for by the driver who hit it, because he was insured.")]
    [InlineData(Noise, "您好！经现场核实，河边夜市有三家摊位超过规定时间放音乐，已责令整改。夜市须在晚上十点关门，城管中队自5月6日起每晚巡查，预计5月底前完成规范。")]
    public void Judge_ReplyToEachAskWithPlaceAndTime_Passes(string appeal, string reply)
    {
        var finding = Judge(appeal, reply);
        Assert.Equal((ReplyOutcome.Pass, 0), (finding.Outcome, finding.UnansweredCount));
        Assert.Empty(finding.Faults);
        Assert.InRange(finding.Score, 0.5, 1);
        Assert.Contains(ReplyCue.SaysWhatWasDone, finding.Found);
    }

    [Theory]
    [Trait("behaviour", "Feedback: set phrases are no reply")]
    [InlineData("Done.", ReplyFault.TooShort)]
    [InlineData("已处理", ReplyFault.TooShort)]
    [InlineData("[withheld 已隐去]", ReplyFault.TooShort)]
    [InlineData("Dear resident, thank you for your message. We take it very seriously. Kind regards.", ReplyFault.OnlySetPhrases)]
    [InlineData("网友您好！您的留言已收悉，感谢您对我们工作的支持与监督！", ReplyFault.OnlySetPhrases)]
    [InlineData("您的留言已收悉，关于您反映的问题，已转F9市调查处理。", ReplyFault.OnlySetPhrases)]
    [InlineData(" " + Lamp, ReplyFault.RepeatsAppeal)]
    [InlineData("Baker Street was inspected on 3 March: a blocked drain was flushed and the manhole is closed again.", ReplyFault.AnotherPlace)]
    public void Judge_CertainlyNoAnswer_IsRejectedAndSaysWhy(string reply, ReplyFault fault)
    {
        var finding = Judge(Lamp, reply);
        Assert.Equal(ReplyOutcome.Reject, finding.Outcome);
        Assert.Contains(fault, finding.Faults);
    }

    [Theory]
    [Trait("behaviour", "Feedback: a reply takes up each ask, with what was done, where and when")]
    [InlineData("The street light at the corner of Rose Street was repaired on 3 March: a fuse was wet and was replaced.", ReplyFault.AsksUnanswered)]
    [InlineData("The street light was repaired and the damaged fence is paid for by the driver, who was found yesterday.", ReplyFault.NoPlace)]
    [InlineData("The street light on Rose Street was repaired and the damaged fence at the school is paid for by the driver, who was found.", ReplyFault.NoTime)]
    [InlineData("The street light on Rose Street before the school term and the damaged fence: we are looking into it today.", ReplyFault.NoDeed)]
    [InlineData("On 2026-01-05 the street light on Rose Street was repaired, and the damaged fence at the school was replaced.", ReplyFault.DatedBefore)]
    public void Judge_Doubtful_AsksForAReviewAndSaysWhy(string reply, ReplyFault fault)
    {
        var finding = Judge(Lamp, reply);
        Assert.Equal(ReplyOutcome.Review, finding.Outcome);
        Assert.Contains(fault, finding.Faults);
    }

    [Fact]
    [Trait("behaviour", "Feedback: a reply takes up each ask, with what was done, where and when")]
    public void Judge_OneOfTwoAsksUnanswered_NamesIt()
    {
        var finding = Judge(Noise, "城管中队自5月6日起安排人员晚上来现场巡查，已责令整改。");
        Assert.Equal((2, 1), (finding.Asks, finding.UnansweredCount));
        Assert.Equal(["请问夜市几点必须关门？"], finding.Unanswered);
    }

    [Fact]
    public void Judge_RuleThatIsExplained_NeedsNeitherPlaceNorTime() =>
        Assert.DoesNotContain(
            Judge("请问购买公寓能否享受人才购房补贴？", "您好！根据人才购房补贴实施办法第七条规定，首次购房是指购买商品住房，购买商业性质的公寓不属于首次购房，因此不能申领购房补贴。").Faults,
            fault => fault is ReplyFault.NoPlace or ReplyFault.NoTime);

    [Theory]
    [InlineData("The street light on Rose Street is still to be looked at, and so is the fence.")]
    [InlineData("the street light on rose street is still to be looked at -- and so is the fence")]
    public void Judge_SameWordsAsAReplyThatWasSentBack_AreRejectedAgain(string again)
    {
        var handling = Replied(Lamp, "The street light on Rose Street is still to be looked at, and so is the fence.").After(new RejectReply(["Say what was done."]));
        var finding = ReplyGate.Judge(handling.After(new Reply(again)), NgramStatistics.None, Day);
        Assert.Equal((ReplyOutcome.Reject, ReplyFault.SameAsRejected), (finding.Outcome, Assert.Single(finding.Faults)));
        Assert.NotEqual(ReplyOutcome.Reject, ReplyGate.Judge(handling.After(new Reply(again + " It was inspected today.")), NgramStatistics.None, Day).Outcome);
    }

    [Theory]
    [InlineData("A crew checked the pump on site and cleared the screen.", ReplyOutcome.Pass)]
    [InlineData("经现场检查，已完成水泵格栅清理。", ReplyOutcome.Pass)]
    [InlineData("The water level is what it is in this season of the year.", ReplyOutcome.Review)]
    [InlineData("Thank you for your message. We take it very seriously.", ReplyOutcome.Reject)]
    public void Judge_CaseOfADevice_PassesWithADeed(string reply, ReplyOutcome outcome)
    {
        var finding = ReplyGate.Judge(Replied("water level above 2.5 m", reply) with { Origin = new CaseOrigin(OriginKind.Sensor, "sensor", "gauge-1") }, NgramStatistics.None, Day);
        Assert.Equal((outcome, 0), (finding.Outcome, finding.Asks));
    }

    [Fact]
    [Trait("behaviour", "Dispatch: what a reporter called unsolved is verified on the spot, and not by its handler")]
    public void Judge_CaseThatItsReporterCalledUnsolved_AsksSomebodyToLookOnTheSpot()
    {
        const string good = "The street light at the corner of Rose Street was repaired on 3 March: a fuse was wet and was replaced. The damaged fence is paid for by the driver who hit it, because he was insured.";
        var reopened = ReplyGate.Judge(Replied(Lamp, good) with { Reopens = 1 }, NgramStatistics.None, Day);
        Assert.Equal((ReplyOutcome.Review, ReplyFault.CalledUnsolved), (reopened.Outcome, Assert.Single(reopened.Faults)));
    }

    [Fact]
    public void Judge_ReplyToAnotherAppeal_ScoresLowerThanItsOwn()
    {
        var statistics = NgramStatistics.Learn(Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? Lamp + i : Noise));
        const string own = "经现场核实，河边夜市三家摊位超时放音乐，已责令整改，城管每晚巡查，夜市晚上十点关门。";
        Assert.True(Judge(Noise, own, statistics).Score > Judge(Noise, "经现场核实，学校门口的井盖已于5月6日更换，感谢监督。", statistics).Score);
    }

    [Fact]
    public void Judge_LongestOfEverything_StaysShort()
    {
        var finding = Judge(string.Concat(Enumerable.Range(0, 200).Select(i => $"Please {new string((char)('a' + (i % 26)), 300)} {i}? ")), new string('x', Reply.MaxLength));
        Assert.True(CityJson.Write(finding).Length < 3000);
    }

    [Fact]
    public void Sentences_EachFault_HasItsOwn() =>
        Assert.Distinct(ReplyReasons.Sentences(Lives.Doubt with { Faults = Enum.GetValues<ReplyFault>() }));

    private static DateOnly Day => new(2026, 3, 1);

    private static ReplyFinding Judge(string appeal, string reply, NgramStatistics? statistics = null) => ReplyGate.Judge(Replied(appeal, reply), statistics ?? NgramStatistics.None, Day);

    private static Case Replied(string appeal, string reply) => Lives.In(CaseState.Handling, SmallTown.Draft(text: appeal)).After(new Reply(reply));
}
