using CityBrain.Cases;
using CityBrain.Notifications;

namespace CityBrain.Tests.Notifications;

public sealed class NoticeTimesTests
{
    private static readonly DateTimeOffset Night = SmallTown.Morning.AddHours(13);

    [Theory]
    [Trait("behaviour", "Escalation: what is not urgent is told in working hours")]
    [InlineData("rubbish", "department-sanitation", true)]
    [InlineData(null, "area-s-west", true)]
    [InlineData("water", "department-waterworks", false)]
    [InlineData("rubbish", "duty", false)]
    public void SendAt_Night_OnlyWhatIsNotUrgentWaitsForWorkingHours(string? category, string channel, bool waits)
    {
        var at = NoticeTimes.SendAt(new Notice(channel, NoticeKind.Reminder, "c", 1, Night, category), SmallTown.City);
        Assert.Equal(waits ? SmallTown.Morning.AddHours(22.5) : Night, at);
    }

    [Fact]
    public void SendAt_WorkingHours_IsAtOnce() =>
        Assert.Equal(SmallTown.Morning, NoticeTimes.SendAt(new Notice("department-parks", NoticeKind.Dispatched, "c", 1, SmallTown.Morning, "rubbish"), SmallTown.City));
}
