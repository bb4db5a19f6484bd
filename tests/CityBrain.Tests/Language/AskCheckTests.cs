using CityBrain.Language;

namespace CityBrain.Tests.Language;

public sealed class AskCheckTests
{
    private static readonly Ask Parking = new("请问滨河路什么时候划定停车位？");
    private static readonly Ask Lamp = new("路口的路灯坏了三天，请尽快维修。");
    private static readonly Ask Fence = new("Who pays for the damaged fence at the school?");
    private static readonly Ask Light = new("Please repair the street light before the school term starts.");

    private static readonly NgramStatistics Learned = NgramStatistics.Learn(
        Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? $"感谢您的来信，第{i}号井盖已更换。" : i % 3 == 1 ? "Thank you for your message about the school; the crew was sent." : $"Bus {i} never comes on time. 第{i}路公交车总是晚点。"));

    public static TheoryData<bool> Statistics => [true, false];

    [Theory]
    [MemberData(nameof(Statistics))]
    public void Unanswered_ReplyThatTakesUpOneOfTwo_IsTheOther(bool learned)
    {
        var check = new AskCheck(learned ? Learned : NgramStatistics.None);
        Assert.Equal([Parking], check.Unanswered([Parking, Lamp], "经现场核实，路灯线路短路，已于5月6日修复。"));
        Assert.Equal([Lamp], check.Unanswered([Parking, Lamp], "滨河路停车位的划线计划于6月底前完成。"));
        Assert.Equal([Fence], check.Unanswered([Fence, Light], "The lamp was replaced on 3 March and the street light burns again."));
        Assert.Equal([Light], check.Unanswered([Fence, Light], "The owner of the car pays: the fence was damaged by a driver who is insured."));
    }

    [Theory]
    [MemberData(nameof(Statistics))]
    public void Unanswered_ReplyToAll_IsNone(bool learned) =>
        Assert.Empty(new AskCheck(learned ? Learned : NgramStatistics.None).Unanswered([Parking, Lamp], "滨河路停车位将于6月划线；路口路灯已于5月6日修复。"));

    [Theory]
    [MemberData(nameof(Statistics))]
    public void Unanswered_SetPhrasesAlone_AreNoAnswer(bool learned)
    {
        var check = new AskCheck(learned ? Learned : NgramStatistics.None);
        Assert.Equal([Parking, Lamp], check.Unanswered([Parking, Lamp], "网友您好！您反映的问题已收悉，感谢您对我们工作的支持。"));
        Assert.Equal([Fence, Light], check.Unanswered([Fence, Light], "Thank you for your message. We take it very seriously."));
    }

    [Fact]
    public void Unanswered_AsManyPointsAsAsks_IsNone()
    {
        var check = new AskCheck(NgramStatistics.None);
        Assert.Empty(check.Unanswered([Parking, Lamp], "一、已列入计划，六月完成；二、已于昨日修好。"));
        Assert.NotEmpty(check.Unanswered([Parking, Lamp], "一、已列入计划，六月完成。"));
        Assert.NotEmpty(check.Unanswered([Parking], "一、感谢来信；二、祝您愉快。"));
    }

    [Fact]
    public void Unanswered_AskInWordsThatTheWholeCityUses_IsStillAsked()
    {
        var check = new AskCheck(NgramStatistics.Learn(Enumerable.Repeat(Parking.Text, 300)));
        Assert.Equal([Parking], check.Unanswered([Parking], "感谢您的来信，井盖已更换。"));
        Assert.Empty(check.Unanswered([Parking], "滨河路停车位下月划定。"));
    }

    [Fact]
    public void Unanswered_ShortAsk_IsMeasuredWithWhatItIsAbout() =>
        Assert.Empty(new AskCheck(NgramStatistics.None).Unanswered([new Ask("请尽快处理。", "小区门口的井盖不见了。")], "缺失的井盖已于今天上午补装。"));
}
