using Google.Protobuf.WellKnownTypes;

namespace CityBrain.Embedded.TaskHub;

/// <summary>UTC ticks, as stored, and protobuf timestamps.</summary>
internal static class HubTime
{
    private const int NanosecondsPerTick = 100;

    public static Timestamp ToTimestamp(long ticks)
    {
        // Both parts count from year 1 on, so that the rest is not negative before 1970.
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        return new Timestamp { Seconds = seconds - DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond, Nanos = (int)rest * NanosecondsPerTick };
    }

    public static Timestamp? ToTimestamp(long? ticks) => ticks is { } known ? ToTimestamp(known) : null;

    public static long ToTicks(Timestamp timestamp) =>
        DateTime.UnixEpoch.Ticks + timestamp.Seconds * TimeSpan.TicksPerSecond + timestamp.Nanos / NanosecondsPerTick;

    public static long? ToTicksOrNull(Timestamp? timestamp) => timestamp is null ? null : ToTicks(timestamp);
}
