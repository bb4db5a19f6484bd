using CityBrain.EarlyWarning.Bursts;

namespace CityBrain.Tests.EarlyWarning;

public sealed class BurstsBudgetTests
{
    [Fact]
    public void Threshold_MoreSubjectsOrASmallerBudget_IsHigher()
    {
        var one = new AlarmBudget(BurstsTown.Ground(), 1);
        var many = new AlarmBudget(BurstsTown.Ground(), 1) { Subjects = 100 };
        var strict = new AlarmBudget(BurstsTown.Ground(), 0.01);
        Assert.All(Enum.GetValues<BurstLayer>(), layer => Assert.True(many.Threshold(layer) > one.Threshold(layer) + 1));
        Assert.Equal(many.Threshold(BurstLayer.Zone), strict.Threshold(BurstLayer.Zone), 1e-9);
    }

    [Fact]
    public void Bias_Dispositions_MoveTheBudgetFourfoldAtMost()
    {
        var (ground, budget) = (BurstsTown.Ground(), new AlarmBudget(BurstsTown.Ground(), 0.1) { Bias = 5 });
        Assert.Equal(new AlarmBudget(ground, 0.4).Threshold(BurstLayer.Area), budget.Threshold(BurstLayer.Area), 1e-9);
        budget.Bias = -1;
        Assert.Equal(new AlarmBudget(ground, 0.025).Threshold(BurstLayer.Area), budget.Threshold(BurstLayer.Area), 1e-9);
    }

    [Fact]
    public void Threshold_CityNoisierThanComputed_RisesWithItsOwnDays()
    {
        var (quiet, noisy) = (new AlarmBudget(BurstsTown.Ground(), 0.25), new AlarmBudget(BurstsTown.Ground(), 0.25));
        for (var day = 0; day < 1000; day++)
        {
            double[] scores = [day % 20 == 0 ? 6.5 : 1, 0, 0, 0];
            double[] before = [day % 20 is > 0 and < 8 ? 6.5 : 1, 0, 0, 0];
            noisy.Record(day, scores, before);
            quiet.Record(day, [day % 20 == 0 ? 2.5 : 0.5, 0, 0, 0], [day % 20 is > 0 and < 8 ? 2.5 : 0.5, 0, 0, 0]);
        }

        Assert.True(noisy.Threshold(BurstLayer.Area) > quiet.Threshold(BurstLayer.Area) + 2);
        Assert.InRange(noisy.Counted(BurstLayer.Area, 6), 0.04, 0.06);
        Assert.Equal(0, quiet.Counted(BurstLayer.Area, 6));
    }

    [Fact]
    public void Threshold_RareExcursionsOfManySubjects_CountMoreThanThoseOfFew()
    {
        // The same days, of many subjects or of few: excursions become rarer more slowly than was computed.
        AlarmBudget Watched(int subjects)
        {
            var budget = new AlarmBudget(BurstsTown.Ground(), 0.25) { Subjects = subjects };
            for (var day = 0; day < 20_000; day++)
            {
                var score = day % 1000 == 0 ? 7 : day % 100 == 0 ? 5.5 : day % 20 == 0 ? 4 : 1;
                budget.Record(day / 20, [score, 0, 0, 0], [1, 0, 0, 0]);
            }

            return budget;
        }

        double Risen(int subjects) => Watched(subjects).Threshold(BurstLayer.Area) - new AlarmBudget(BurstsTown.Ground(), 0.25) { Subjects = subjects }.Threshold(BurstLayer.Area);

        Assert.True(Risen(100) > Risen(4) + 0.3, $"{Risen(100)} {Risen(4)}");
        Assert.True(Risen(100) < Risen(4) + 1.1, "Not even a city full of troubles becomes deaf.");
    }

    [Fact]
    public void Budget_NotAboveZero_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new AlarmBudget(BurstsTown.Ground(), 0));
}
