namespace CityBrain.Embedded.Functions.Timers;

/// <summary>The fields in the order in which they are written.</summary>
internal enum CronFieldKind
{
    Second,
    Minute,
    Hour,
    Day,
    Month,
    DayOfWeek,
}
