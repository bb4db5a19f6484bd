namespace CityBrain.Embedded.Companion;

/// <summary>What a clock goes by: it showed an instant at a moment, and runs at a speed since.</summary>
/// <param name="OriginTicks">The instant, UTC ticks.</param>
/// <param name="Timestamp">The moment, of the system's monotonic timer, which all processes of a machine share.</param>
/// <param name="Speed">City seconds in a real second, above 0.</param>
internal readonly record struct ClockReading(long OriginTicks, long Timestamp, double Speed)
{
    /// <summary>The instant now.</summary>
    public DateTimeOffset Now() => new(OriginTicks + (long)(TimeProvider.System.GetElapsedTime(Timestamp).Ticks * Speed), TimeSpan.Zero);

    /// <summary>The same clock, set to an instant.</summary>
    public ClockReading At(DateTimeOffset instant) => new(instant.UtcTicks, TimeProvider.System.GetTimestamp(), Speed);

    /// <summary>The same clock, from now on at another speed; time does not jump.</summary>
    public ClockReading At(double speed) => new(Now().UtcTicks, TimeProvider.System.GetTimestamp(), speed);
}
