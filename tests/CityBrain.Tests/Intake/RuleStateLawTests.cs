using CityBrain.City;
using CityBrain.Intake;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Intake;

public sealed class RuleStateLawTests
{
    private static readonly Gen<DeviceRule> Rules =
        from up in Gen.Elements(true, false)
        from hold in Gen.Elements(0, 5, 10, 30)
        from gap in Gen.Choose(0, 4)
        select new DeviceRule("r", "level", up ? ThresholdDirection.Up : ThresholdDirection.Down, 10, up ? 10 - gap : 10 + gap, TimeSpan.FromMinutes(hold), "water");

    // Values jump round the thresholds so that every edge is met.
    private static readonly Gen<List<SensorReading>> Readings =
        from count in Gen.Choose(1, 40)
        from steps in (from minutes in Gen.Choose(1, 8) from value in Gen.Choose(4, 16) select (minutes, value)).ListOf(count)
        select InTime(steps).ToList();

    [Fact]
    public void After_ReadingsInOrder_SignalsAsTheSlowWay() =>
        Laws.Holds(from rule in Rules from readings in Readings select (rule, readings), t =>
            Assert.Equal(Slow(t.rule, t.readings), Run(t.rule, t.readings)));

    [Fact]
    public void After_ReadingsInOrder_TripAndClearTakeTurns() =>
        Laws.Holds(from rule in Rules from readings in Readings select (rule, readings), t =>
            Assert.All(Run(t.rule, t.readings).Index(), signal =>
                Assert.Equal(signal.Index % 2 == 0 ? RuleSignal.Trip : RuleSignal.Clear, signal.Item.Signal)));

    [Fact]
    public void After_EverythingDeliveredAgain_SignalsNothingMore() =>
        Laws.Holds(from rule in Rules from readings in Readings select (rule, readings), t =>
            Assert.Equal(Run(t.rule, t.readings), Run(t.rule, [.. t.readings, .. t.readings])));

    [Fact]
    public void After_PrefixesDeliveredAgain_SignalsTheSame() =>
        Laws.Holds(from rule in Rules from readings in Readings from back in Gen.Choose(1, 10) select (rule, readings, back), t =>
        {
            // A receiver that dies and takes the last few messages again, over and over.
            var redelivered = t.readings.SelectMany((_, i) => t.readings.Skip(Math.Max(0, i - t.back)).Take(Math.Min(i, t.back) + 1)).ToList();
            Assert.Equal(Run(t.rule, t.readings), Run(t.rule, redelivered));
        });

    [Fact]
    public void After_ShuffledAndDoubled_SignalsAsTheReadingsThatWereNewInOrder() =>
        Laws.Holds(from rule in Rules from readings in Readings from shuffled in Gen.Shuffle(readings.Concat(readings)) select (rule, shuffled), t =>
        {
            var newest = DateTimeOffset.MinValue;
            var taken = t.shuffled.Where(reading => reading.Time > newest && (newest = reading.Time) == reading.Time).ToList();
            Assert.Equal(Run(t.rule, taken), Run(t.rule, t.shuffled));
        });

    [Theory]
    [InlineData(2.0, true)]
    [InlineData(1.999, false)]
    public void After_HeldForTheHoldTime_TripsAtTheThreshold(double value, bool trips)
    {
        var rule = SmallTown.HighWater;
        var (held, first) = RuleState.Initial.After(At(0, value), rule);
        Assert.Equal(RuleSignal.None, first);
        Assert.Equal(RuleSignal.None, held.After(At(9, value), rule).Signal);
        Assert.Equal(trips ? RuleSignal.Trip : RuleSignal.None, held.After(At(10, value), rule).Signal);
    }

    [Fact]
    public void After_BetweenTheThresholds_StaysTripped()
    {
        var rule = SmallTown.HighWater with { Hold = TimeSpan.Zero };
        var tripped = RuleState.Initial.After(At(0, 2), rule).Next;
        Assert.Equal(RuleSignal.None, tripped.After(At(1, 1.5), rule).Signal);
        Assert.Equal(RuleSignal.Clear, tripped.After(At(1, 1.49), rule).Signal);
    }

    private static SensorReading At(int minutes, double value) => new("gauge-1", "level", value, SmallTown.Morning.AddMinutes(minutes));

    private static IEnumerable<SensorReading> InTime(IEnumerable<(int Minutes, int Value)> steps)
    {
        var at = 0;
        foreach (var (minutes, value) in steps)
        {
            yield return At(at += minutes, value);
        }
    }

    private static List<(DateTimeOffset Time, RuleSignal Signal)> Run(DeviceRule rule, IEnumerable<SensorReading> readings)
    {
        var (state, signals) = (RuleState.Initial, new List<(DateTimeOffset, RuleSignal)>());
        foreach (var reading in readings)
        {
            (state, var signal) = state.After(reading, rule);
            if (signal is not RuleSignal.None)
            {
                signals.Add((reading.Time, signal));
            }
        }

        return signals;
    }

    /// <summary>The slow way: at each reading, look back over all since the last clear for how long they have been bad.</summary>
    private static List<(DateTimeOffset Time, RuleSignal Signal)> Slow(DeviceRule rule, List<SensorReading> readings)
    {
        var (signals, tripped) = (new List<(DateTimeOffset, RuleSignal)>(), false);
        for (var i = 0; i < readings.Count; i++)
        {
            var (time, value) = (readings[i].Time, readings[i].Value);
            var isUp = rule.Direction is ThresholdDirection.Up;
            bool Bad(double v) => isUp ? v >= rule.Threshold : v <= rule.Threshold;
            if (tripped)
            {
                if (isUp ? value < rule.ClearThreshold : value > rule.ClearThreshold)
                {
                    tripped = false;
                    signals.Add((time, RuleSignal.Clear));
                }

                continue;
            }

            var onset = i;
            while (onset > 0 && Bad(readings[onset - 1].Value))
            {
                onset--;
            }

            if (Bad(value) && time - readings[onset].Time >= rule.Hold)
            {
                tripped = true;
                signals.Add((time, RuleSignal.Trip));
            }
        }

        return signals;
    }
}
