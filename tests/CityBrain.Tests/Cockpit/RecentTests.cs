using CityBrain.Cockpit;

namespace CityBrain.Tests.Cockpit;

public sealed class RecentTests
{
    private int _reads;

    [Fact]
    public async Task ReadAsync_ManyAtOnce_ReadOnce()
    {
        var gate = new TaskCompletionSource<int>();
        var recent = new Recent<int>(TimeSpan.FromHours(1), () => Counted(gate.Task));
        var readers = Enumerable.Range(0, 50).Select(_ => recent.ReadAsync(TestContext.Current.CancellationToken)).ToList();
        gate.SetResult(7);
        Assert.All(await Task.WhenAll(readers), value => Assert.Equal(7, value));
        Assert.Equal((7, 1), (await recent.ReadAsync(TestContext.Current.CancellationToken), _reads));
    }

    [Fact]
    public async Task ReadAsync_OldValue_IsReadAgain()
    {
        var recent = new Recent<int>(TimeSpan.Zero, () => Counted(Task.FromResult(0)));
        await recent.ReadAsync(TestContext.Current.CancellationToken);
        await recent.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task ReadAsync_AfterAFailure_ReadsAgain()
    {
        var recent = new Recent<int>(TimeSpan.FromHours(1), () => Counted(_reads == 0 ? Task.FromException<int>(new IOException()) : Task.FromResult(5)));
        await Assert.ThrowsAsync<IOException>(() => recent.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(5, await recent.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ReadAsync_CallerGivesUp_OthersStillGetTheValue()
    {
        var gate = new TaskCompletionSource<int>();
        var recent = new Recent<int>(TimeSpan.FromHours(1), () => Counted(gate.Task));
        var patient = recent.ReadAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => recent.ReadAsync(new CancellationToken(canceled: true)));
        gate.SetResult(3);
        Assert.Equal(3, await patient);
    }

    private Task<int> Counted(Task<int> value)
    {
        Interlocked.Increment(ref _reads);
        return value;
    }
}
