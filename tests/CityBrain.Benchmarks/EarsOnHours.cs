namespace CityBrain.Benchmarks;

/// <summary>An alarm from its first hour to its last.</summary>
internal readonly record struct SensorAlarm(DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// EARS C2 and C3 on the means of hours, to compare with: seven hours, three to nine before, give mean and deviation. As speed and travel time may be too low as
/// well, both sides count. Kulldorff's scan and the space-time permutation need counts in several places, so they have nothing to say of one device.
/// </summary>
internal static class EarsOnHours
{
    /// <summary>The names of the two.</summary>
    public static readonly string[] Names = ["EARS C2", "EARS C3"];

    // As the R package surveillance has them: the normal quantile of .999 for C2, and of .975 for C3.
    private const double LeastDeviation = 1e-9;
    private const double C2 = 3.09;
    private const double C3 = 1.96;
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(12);

    /// <summary>The alarms of one of them; alarms less than twelve hours apart are one, as those of a device's watch are.</summary>
    public static List<SensorAlarm> Play(string name, IEnumerable<(DateTimeOffset At, double Value)> readings)
    {
        var hours = readings.GroupBy(reading => new DateTimeOffset(reading.At.Date.AddHours(reading.At.Hour), TimeSpan.Zero)).Select(hour => (At: hour.Key, Value: hour.Average(reading => reading.Value))).OrderBy(hour => hour.At).ToList();
        var scores = new List<double>();
        var alarms = new List<SensorAlarm>();
        for (var i = 0; i < hours.Count; i++)
        {
            scores.Add(i < 9 ? 0 : Math.Abs(EarsScore.C2(hours[i].Value, [.. hours[(i - 9)..(i - 2)].Select(hour => hour.Value)], LeastDeviation)));
            var isAlarm = name == Names[0] ? scores[^1] > C2 : EarsScore.C3(scores.TakeLast(3)) > C3;
            if (!isAlarm)
            {
                continue;
            }

            if (alarms is [.., var last] && hours[i].At - last.To < Quiet)
            {
                alarms[^1] = last with { To = hours[i].At };
            }
            else
            {
                alarms.Add(new(hours[i].At, hours[i].At));
            }
        }

        return alarms;
    }
}
