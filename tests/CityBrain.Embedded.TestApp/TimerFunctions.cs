using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.TestApp;

/// <summary>A timer function whose schedule is a setting.</summary>
public sealed class TimerFunctions(Marks marks, TimeProvider clock)
{
    /// <summary>Writes what it is told.</summary>
    [Function(nameof(Tick))]
    public void Tick([TimerTrigger("%Schedule%")] TimerInfo timer) =>
        marks.Add($"tick {clock.GetUtcNow():O} past={timer.IsPastDue} last={timer.ScheduleStatus?.Last:O} next={timer.ScheduleStatus?.Next:O}");
}
