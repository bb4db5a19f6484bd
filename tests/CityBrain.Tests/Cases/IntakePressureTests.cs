using CityBrain.Cases;

namespace CityBrain.Tests.Cases;

public sealed class IntakePressureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private readonly IntakePressure _pressure = new();

    [Fact]
    public void Eases_FewAppeals_WaitsForNothing()
    {
        using var one = _pressure.Begin();
        Assert.True(_pressure.EasesAsync(TimeSpan.FromDays(1), Token).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Eases_InAFlood_WaitsUntilItIsOver()
    {
        var flood = Enumerable.Range(0, 100).Select(_ => _pressure.Begin()).ToList();
        var eases = _pressure.EasesAsync(TimeSpan.FromDays(1), Token);
        await Task.Delay(100, Token);
        Assert.False(eases.IsCompleted);
        flood.ForEach(acceptance => acceptance.Dispose());
        await eases.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task Eases_BetweenTwoWavesOfAFlood_GoesOnWaiting()
    {
        var first = Enumerable.Range(0, 100).Select(_ => _pressure.Begin()).ToList();
        var eases = _pressure.EasesAsync(TimeSpan.FromDays(1), Token);
        first.ForEach(acceptance => acceptance.Dispose());
        var second = Enumerable.Range(0, 100).Select(_ => _pressure.Begin()).ToList();
        await Task.Delay(300, Token);
        Assert.False(eases.IsCompleted);
        second.ForEach(acceptance => acceptance.Dispose());
        await eases.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task Eases_InAFloodWithoutEnd_LosesPatience()
    {
        var flood = Enumerable.Range(0, 100).Select(_ => _pressure.Begin()).ToList();
        await _pressure.EasesAsync(TimeSpan.FromMilliseconds(50), Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal(100, flood.Count);
    }
}
