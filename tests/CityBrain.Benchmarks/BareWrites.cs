using CityBrain.Embedded.Storage;

namespace CityBrain.Benchmarks;

/// <summary>The baseline of durability: rows written to the same kind of store, one awaited commit after another, and nothing else.</summary>
internal sealed class BareWrites : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("citybrain-bare-").FullName;
    private long _next;

    public BareWrites()
    {
        Store = SqliteStore.Open(Path.Combine(_folder, "bare.db"));
        Store.WriteAsync(session => session.Script("CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")).GetAwaiter().GetResult();
    }

    public SqliteStore Store { get; }

    /// <summary>Writes a row and returns when it is on disk.</summary>
    public Task WriteAsync(string body)
    {
        var id = Interlocked.Increment(ref _next);
        return Store.WriteAsync(session => session.Execute("INSERT INTO bare VALUES (?1, ?2)", id, body));
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
