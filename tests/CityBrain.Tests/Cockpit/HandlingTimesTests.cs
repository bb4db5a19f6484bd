using CityBrain.Cockpit;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Cockpit;

public sealed class HandlingTimesTests
{
    private static readonly HandlingBucket[] Even = [new(1, 10), new(4, 10), new(null, 0)];

    [Theory]
    [InlineData(0.25, 0.5)]
    [InlineData(0.5, 1)]
    [InlineData(0.75, 2)]
    [InlineData(1, 4)]
    public void Percentile_WithinABucket_IsInterpolated(double share, double hours) => Assert.Equal(hours, HandlingTimes.Percentile(Even, share)!.Value, 6);

    [Fact]
    public void Percentile_BeyondTheLastBound_IsThatBound() => Assert.Equal(4, HandlingTimes.Percentile([new(1, 1), new(4, 0), new(null, 9)], 0.5));

    [Fact]
    public void Percentile_NothingClosed_IsUnknown() => Assert.Null(HandlingTimes.Percentile(HandlingTimes.Histogram(new Dictionary<string, long>()), 0.5));

    [Fact]
    public void Percentile_AnyHistogram_GrowsWithTheShare() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(0, 50), 10).ToArbitrary(),
        counts =>
        {
            var bounds = CityBrain.Cases.CaseTally.HandlingHours;
            var histogram = counts.Select((count, i) => new HandlingBucket(i < bounds.Count ? bounds[i] : null, count)).ToList();
            var hours = Enumerable.Range(0, 21).Select(i => HandlingTimes.Percentile(histogram, i / 20.0) ?? 0).ToList();
            return hours.SequenceEqual(hours.Order()) && hours.All(h => h >= 0 && h <= bounds[^1]);
        }).QuickCheckThrowOnFailure();
}
