using CityBrain.Emergency;
using CityBrain.Notifications;
using CityBrain.Resources;
using CityBrain.Tests.City;
using CityBrain.Tests.Emergency;

namespace CityBrain.Tests.Notifications;

public sealed class EmergencyNoticesTests
{
    private static readonly EmergencyRecord Running = TestPlans.Record();

    [Theory]
    [InlineData(OrderEventKind.Sent, null, NoticeKind.EmergencyOrder, "area-c-west")]
    [InlineData(OrderEventKind.Reminded, "c-west", NoticeKind.EmergencyReminder, "area-c-west")]
    [InlineData(OrderEventKind.Climbed, "s-west", NoticeKind.EmergencyClimbed, "area-s-west")]
    [InlineData(OrderEventKind.Climbed, "town", NoticeKind.EmergencyClimbed, "duty")]
    [InlineData(OrderEventKind.CalledOff, null, NoticeKind.EmergencyOrderEnded, "area-c-west")]
    public void For_StepOfAnOrder_TellsTheAreaAndOfClimbingTheLevelAbove(OrderEventKind step, string? who, NoticeKind kind, string channel)
    {
        var notice = Of(Order("c-west", new OrderEvent(SmallTown.Morning, step, who)))!;
        Assert.Equal((kind, channel, "c-west", SmallTown.Morning), (notice.Kind, notice.Channel, notice.AreaId, notice.At));
    }

    [Theory]
    [InlineData(OrderEventKind.Acknowledged)]
    [InlineData(OrderEventKind.Reduced)]
    public void For_StepThatAsksNothing_TellsNobody(OrderEventKind step) => Assert.Null(Of(Order("c-west", new OrderEvent(SmallTown.Morning, step))));

    [Fact]
    public void For_OrdersOfTwoAreasThatClimbToOne_AreTwoNoticesEachToldOnce()
    {
        var climbed = new OrderEvent(SmallTown.Morning, OrderEventKind.Climbed, "town");
        var (west, east) = (Of(Order("d-west", climbed))!, Of(Order("d-east", climbed))!);
        Assert.NotEqual(west.Id, east.Id);
        Assert.Equal(west.Id, Of(Order("d-west", climbed))!.Id);
        Assert.InRange(west.Id.Length, 1, 128);
    }

    [Theory]
    [InlineData("en", "Emergency order", "Flood", "III (yellow)", "visit")]
    [InlineData("zh", "应急指令", "Flood", "Ⅲ级（黄色）", "visit")]
    public void Card_OfAnOrder_SaysWhatItIsAndWhatToDo(string language, params string[] words)
    {
        var notice = Of(Order("c-west", new OrderEvent(SmallTown.Morning, OrderEventKind.Sent, null, ["visit"])))!;
        var json = CityJson.Write(TestCards.Cards.Of(CityJson.Read<Notice>(CityJson.Write(notice)), Texts.For(language)));
        Assert.All(words, word => Assert.Contains(word, json, StringComparison.Ordinal));
        Assert.DoesNotContain("case=", json, StringComparison.Ordinal);
    }

    [Fact]
    public void SendAt_OrderInTheNight_IsAtOnce()
    {
        var night = SmallTown.Morning.AddHours(13);
        Assert.Equal(night, NoticeTimes.SendAt(Of(Order("c-west", new OrderEvent(night, OrderEventKind.Sent)))!, SmallTown.City));
    }

    private static Notice? Of(EmergencyOrder order) => EmergencyNotices.For(Running, TestPlans.Flood, order, 0, SmallTown.Areas);

    private static EmergencyOrder Order(string areaId, OrderEvent step) => new(Running.Id, areaId, EmergencyLevel.Yellow, ["visit"], step.At, null, 0, [step]);
}
