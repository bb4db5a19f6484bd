using CityBrain.City;

namespace CityBrain.Notifications;

/// <summary>When a notice is pushed to its channel: what is not urgent waits for working hours. It can be read on its page at once. Pure.</summary>
public static class NoticeTimes
{
    /// <summary>The instant at which to push; the duty officers, whose post is never empty, and whoever has an urgent case or an order of an emergency are told at once.</summary>
    public static DateTimeOffset SendAt(Notice notice, CityModel city) =>
        notice.Channel is NoticeChannels.Duty || notice.Emergency is not null || city.Catalogue.Find(notice.CategoryCode ?? "") is { Urgency: not Urgency.Routine }
            ? notice.At
            : city.Calendar.NextWorkingTime(notice.At);
}
