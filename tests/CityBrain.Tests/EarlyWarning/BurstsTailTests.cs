using CityBrain.EarlyWarning.Bursts;
using FsCheck.Fluent;

namespace CityBrain.Tests.EarlyWarning;

public sealed class BurstsTailTests
{
    [Theory]
    [InlineData(3, 0.05, 1.3)]
    [InlineData(1, 2.0, 1.01)]
    [InlineData(12, 4.5, 2.0)]
    [InlineData(60, 40, 1.3)]
    [InlineData(450, 390, 1.5)]
    [InlineData(40, 3, 6)]
    public void Score_Count_IsTheSumOfTheProbabilitiesFromThereOn(int count, double mean, double dispersion) =>
        Assert.Equal(-Math.Log10(Summed(count, mean, dispersion)), NegativeBinomialTail.Score(count, mean, dispersion), 1e-6);

    [Theory]
    [InlineData(600, 500, 1.3)]
    [InlineData(2300, 2000, 2)]
    [InlineData(5200, 5000, 4)]
    public void Score_LargeCount_IsNearTheSum(int count, double mean, double dispersion) =>
        Assert.InRange(NegativeBinomialTail.Score(count, mean, dispersion) / -Math.Log10(Summed(count, mean, dispersion)), 0.95, 1.05);

    [Fact]
    public void Score_HopelesslyManyOrNone_IsWithinItsRange()
    {
        Assert.Equal(NegativeBinomialTail.Highest, NegativeBinomialTail.Score(5000, 1, 1.2));
        Assert.Equal(0, NegativeBinomialTail.Score(0, 1, 1.2));
    }

    [Fact]
    public void Bound_AnyCount_IsNotBelowTheScore() => Laws.Holds(
        from count in Gen.Choose(1, 200)
        from mean in Gen.Choose(1, 3000)
        from dispersion in Gen.Choose(102, 600)
        select (Count: count, Mean: mean / 100.0, Dispersion: dispersion / 100.0),
        example => Assert.True(NegativeBinomialTail.Score(example.Count, example.Mean, example.Dispersion) <= NegativeBinomialTail.Bound(example.Count, example.Mean, example.Dispersion)),
        1000);

    /// <summary>1 minus the probabilities below the count would lose the small ones: these are added from the count up.</summary>
    private static double Summed(int count, double mean, double dispersion)
    {
        var (size, part) = (mean / (dispersion - 1), (dispersion - 1) / dispersion);
        var probability = -size * Math.Log(dispersion);
        for (var k = 0; k < count; k++)
        {
            probability += Math.Log((size + k) / (k + 1) * part);
        }

        var sum = 0d;
        for (var k = count; k < count + 20000; k++)
        {
            sum += Math.Exp(probability);
            probability += Math.Log((size + k) / (k + 1) * part);
        }

        return sum;
    }
}
