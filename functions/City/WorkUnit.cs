namespace CityBrain.City;

/// <summary>What the length of a <see cref="WorkDuration"/> counts.</summary>
public enum WorkUnit
{
    /// <summary>Time round the clock, every day.</summary>
    CalendarTime,

    /// <summary>Time within working hours.</summary>
    WorkingTime,

    /// <summary>Working days 工作日, each as long as the working hours of one day.</summary>
    WorkingDays,
}
