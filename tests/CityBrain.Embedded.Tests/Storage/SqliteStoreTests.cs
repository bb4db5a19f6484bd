using CityBrain.Embedded.Storage;
using CityBrain.Embedded.Tests.Functions;

namespace CityBrain.Embedded.Tests.Storage;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private SqliteStore _store;

    public SqliteStoreTests()
    {
        _store = SqliteStore.Open(_folder.Store);
        _store.WriteAsync(s => s.Script("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT)")).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task WriteAsync_ManyAtOnce_ShareGroupsAndAllSurviveReopen()
    {
        var store = _store;
        var before = store.CommittedGroups;
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => store.WriteAsync(s => s.Execute("INSERT INTO t VALUES (?1, ?2)", i, "v"))));
        Assert.InRange(store.CommittedGroups - before, 1, 1999);
        store.Dispose();
        _store = SqliteStore.Open(_folder.Store);
        Assert.Equal(2000, _store.Read(s => s.QueryFirst("SELECT count(*) FROM t", r => r.GetInt64(0))));
    }

    [Fact]
    public async Task WriteAsync_OneOfAGroupFailsHalfWay_OnlyThatOneIsUndone()
    {
        var store = _store;
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
        var store = _store;
        store.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.WriteAsync(_ => { }));
    }
}
