namespace CityBrain.Embedded.Tests.Storage;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TestPlatform _test = new();

    public SqliteStoreTests() => _test.Platform.Store.WriteAsync(s => s.Script("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT)")).GetAwaiter().GetResult();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task WriteAsync_ManyAtOnce_ShareGroupsAndAllSurviveReopen()
    {
        var store = _test.Platform.Store;
        var before = store.CommittedGroups;
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => store.WriteAsync(s => s.Execute("INSERT INTO t VALUES (?1, ?2)", i, "v"))));
        Assert.InRange(store.CommittedGroups - before, 1, 1999);
        Assert.Equal(2000, Count(_test.Reopen()));
    }

    [Fact]
    public async Task WriteAsync_OneOfAGroupFailsHalfWay_OnlyThatOneIsUndone()
    {
        var store = _test.Platform.Store;
        using var gate = new ManualResetEventSlim();
        var blocker = store.WriteAsync(_ => gate.Wait());
        var good = store.WriteAsync(s => s.Execute("INSERT INTO t VALUES (1, 'good')"));
        var bad = store.WriteAsync(s =>
        {
            s.Execute("INSERT INTO t VALUES (2, 'half')");
            throw new InvalidOperationException("half-way");
        });
        var later = store.WriteAsync(s => s.Execute("INSERT INTO t VALUES (3, 'later')"));
        gate.Set();
        await Task.WhenAll(blocker, good, later);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal([1, 3], store.Read(s => s.Query("SELECT k FROM t ORDER BY k", r => r.GetInt32(0))));
    }

    [Fact]
    public async Task WriteAsync_AfterDispose_Throws()
    {
        var store = _test.Platform.Store;
        _test.Reopen();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.WriteAsync(_ => { }));
    }

    private static long Count(CityBrain.Embedded.Storage.EmbeddedPlatform platform) => platform.Store.Read(s => s.QueryFirst("SELECT count(*) FROM t", r => r.GetInt64(0)));
}
