using CityBrain.Language;

namespace CityBrain.Tests.Language;

public sealed class AsksTests
{
    [Fact]
    public void Of_ChineseMessage_FindsEachQuestionAndRequest()
    {
        var asks = Asks.Of(
            "滨河路停车问题",
            "尊敬的领导您好！滨河路晚上停满了车，小区居民出入困难。请问什么时候划定停车位？希望交警部门晚上八点以后来巡查。另外路口的路灯坏了三天，请尽快维修。谢谢，盼复！");
        Assert.Equal(["请问什么时候划定停车位？", "希望交警部门晚上八点以后来巡查。", "另外路口的路灯坏了三天，请尽快维修。"], asks.Select(ask => ask.Text));
    }

    [Fact]
    public void Of_EnglishMessage_FindsEachQuestionAndRequest()
    {
        var asks = Asks.Of(
            "Street light out",
            "When it rains the corner of Rose Street is dark. The lamp has been out for a week. Please repair it before the school term starts. Can you also tell us who pays for the damaged fence? Thank you in advance.");
        Assert.Equal(["Please repair it before the school term starts.", "Can you also tell us who pays for the damaged fence?"], asks.Select(ask => ask.Text));
    }

    [Fact]
    public void Of_NumberedPointsInOneSentence_AreAsksOfTheirOwn() =>
        Assert.Equal(["1、何时开工，", "2、由谁施工，请公开，", "3、能否保留大树。"], Asks.Of("", "请答复三点：1、何时开工，2、由谁施工，请公开，3、能否保留大树。").Select(ask => ask.Text));

    [Theory]
    [InlineData("A3区马路卫生很差", "洒水车把泥巴冲到左边，又冲到右边。")]
    [InlineData("Noise", "Loud music every night from the bar next door.")]
    public void Of_MessageThatOnlyTells_IsOneAskWithTheTitle(string title, string text) =>
        Assert.Equal([new Ask($"{title}\n{text}")], Asks.Of(title, text));

    [Theory]
    [InlineData("我上周申请了低保。社区已经受理。")]
    [InlineData("邀请专家看过。按要求交了材料。")]
    [InlineData("道路已经修好。谢谢领导，请关注！")]
    public void Of_WordsThatOnlyLookLikeAnAsk_AreNone(string text) => Assert.Equal(text, Assert.Single(Asks.Of("", text)).Text);

    [Fact]
    public void Of_AskTooShortToKnowWhatItIsAbout_HasTheSentenceBefore() =>
        Assert.Equal([new Ask("请尽快处理。", "小区门口的井盖不见了。")], Asks.Of("井盖", "今天早上出门。小区门口的井盖不见了。请尽快处理。"));

    [Fact]
    public void Of_ManyAsks_KeepsTheLast()
    {
        var asks = Asks.Of("", string.Concat(Enumerable.Range(1, 30).Select(number => $"Please send crew number {number} to the park tomorrow. ")));
        Assert.Equal((Asks.Most, "Please send crew number 30 to the park tomorrow."), (asks.Count, asks[^1].Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("。")]
    [InlineData("???")]
    [InlineData("\n\n请\n")]
    public void Of_AlmostNothing_IsOneAsk(string text) => Assert.Single(Asks.Of("", text));
}
