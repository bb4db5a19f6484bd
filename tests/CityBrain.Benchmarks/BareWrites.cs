using CityBrain.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CityBrain.Benchmarks;

/// <summary>
/// The baselines of durability, and nothing else: rows written to the same kind of file, either with the store's group commit or each in a
/// transaction of its own, as an endpoint does that knows nothing but SQLite.
/// </summary>
internal sealed class BareWrites : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("citybrain-bare-").FullName;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SqliteConnection _plain;
    private readonly SqliteCommand _insert;
    private long _next;

    public BareWrites()
    {
        Store = SqliteStore.Open(Path.Combine(_folder, "bare.db"));
        Store.WriteAsync(session => session.Script("CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")).GetAwaiter().GetResult();
        _plain = new SqliteConnection($"Data Source={Path.Combine(_folder, "plain.db")};Pooling=False");
        _plain.Open();
        using var setUp = _plain.CreateCommand();
        setUp.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT NOT NULL)";
        setUp.ExecuteNonQuery();
        _insert = _plain.CreateCommand();
        _insert.CommandText = "INSERT INTO bare VALUES ($id, $body)";
        _insert.Parameters.Add("$id", SqliteType.Integer);
        _insert.Parameters.Add("$body", SqliteType.Text);
    }

    public SqliteStore Store { get; }

    /// <summary>Writes a row and returns when it is on disk.</summary>
    public Task WriteAsync(string body)
    {
        var id = Interlocked.Increment(ref _next);
        return Store.WriteAsync(session => session.Execute("INSERT INTO bare VALUES (?1, ?2)", id, body));
    }

    /// <summary>Writes a row in a transaction of its own and returns when it is on disk.</summary>
    public async Task WriteAloneAsync(string body)
    {
        await _turn.WaitAsync();
        try
        {
            (_insert.Parameters[0].Value, _insert.Parameters[1].Value) = (++_next, body);
            _insert.ExecuteNonQuery();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _plain.Dispose();
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
