namespace CityBrain.Embedded.Functions.Timers;

/// <summary>Always the same pause between occurrences.</summary>
internal sealed class ConstantSchedule(TimeSpan interval) : TimerSchedule
{
    public override DateTime Next(DateTime instant) => instant + interval;
}
