using System.Collections.Concurrent;

namespace CityBrain.Embedded.Storage;

/// <summary>
/// One SQLite file in WAL mode with one writer thread. Writes that wait at the same moment share one transaction and one sync
/// (<c>synchronous=FULL</c>), so a caller pays for durability once per group; its task completes only after the group is on disk.
/// Safe for concurrent use.
/// </summary>
public sealed class SqliteStore : IDisposable
{
    private const int LargestGroup = 1024;
    private const int WriterCacheKiB = 16_384;
    private const int ReaderCacheKiB = 4_096;

    private readonly string _path;
    private readonly BlockingCollection<PendingWrite> _pending = [];
    private readonly ConcurrentBag<SqliteSession> _idleReaders = [];
    private readonly Thread _writer;

    private SqliteStore(string path)
    {
        _path = path;
        _writer = new Thread(WriteLoop) { IsBackground = true, Name = "sqlite-writer" };
    }

    /// <summary>Opens or creates the file, with its folder. The caller keeps one store per file and process.</summary>
    public static SqliteStore Open(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var store = new SqliteStore(full);
        store._writer.Start(new SqliteSession(full, WriterCacheKiB));
        return store;
    }

    /// <summary>Number of groups committed since the store was opened; with the number of writes it tells the mean group size.</summary>
    public long CommittedGroups { get; private set; }

    /// <summary>
    /// Runs <paramref name="work"/> on the writer thread and completes when its changes are durable. The work may run again
    /// if another write of its group fails, so it must touch nothing but the session. An exception undoes this write alone.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work)
    {
        var write = new PendingWrite<T>(work);
        try
        {
            _pending.Add(write);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteStore));
        }

        return write.Task;
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{SqliteSession, T})"/>
    public Task WriteAsync(Action<SqliteSession> work) => WriteAsync(session =>
    {
        work(session);
        return true;
    });

    /// <summary>Runs a query on a connection of its own, against the newest committed state.</summary>
    public T Read<T>(Func<SqliteSession, T> query)
    {
        ObjectDisposedException.ThrowIf(_pending.IsAddingCompleted, this);
        if (!_idleReaders.TryTake(out var reader))
        {
            reader = new SqliteSession(_path, ReaderCacheKiB);
        }

        try
        {
            return query(reader);
        }
        finally
        {
            _idleReaders.Add(reader);
        }
    }

    /// <summary>Commits what waits, then closes the file.</summary>
    public void Dispose()
    {
        if (_pending.IsAddingCompleted)
        {
            return;
        }

        _pending.CompleteAdding();
        _writer.Join();
        while (_idleReaders.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private void WriteLoop(object? state)
    {
        using var session = (SqliteSession)state!;
        var group = new List<PendingWrite>(LargestGroup);
        foreach (var first in _pending.GetConsumingEnumerable())
        {
            group.Clear();
            group.Add(first);
            while (group.Count < LargestGroup && _pending.TryTake(out var next))
            {
                group.Add(next);
            }

            Commit(session, group);
        }
    }

    /// <summary>Commits the group as one transaction. A write that fails half-way is taken out and the rest runs again.</summary>
    private void Commit(SqliteSession session, List<PendingWrite> group)
    {
        try
        {
            while (TryRunAll(session, group) is { } spoiler)
            {
                session.Execute("ROLLBACK");
                group.Remove(spoiler);
                spoiler.Complete();
            }

            session.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            session.RollbackIfOpen();
            group.ForEach(write => write.Fail(failure));
            return;
        }

        CommittedGroups++;
        group.ForEach(write => write.Complete());
    }

    /// <summary>Runs every write in one open transaction; returns the first that failed after it had changed something.</summary>
    private static PendingWrite? TryRunAll(SqliteSession session, List<PendingWrite> group)
    {
        session.Execute("BEGIN IMMEDIATE");
        foreach (var write in group)
        {
            var before = session.TotalChanges;
            if (!write.TryRun(session) && session.TotalChanges != before)
            {
                return write;
            }
        }

        return null;
    }

    private abstract class PendingWrite
    {
        /// <summary>False when the work threw; the exception is kept for <see cref="Complete"/>.</summary>
        public abstract bool TryRun(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class PendingWrite<T>(Func<SqliteSession, T> work) : PendingWrite
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _failure;

        public Task<T> Task => _done.Task;

        public override bool TryRun(SqliteSession session)
        {
            try
            {
                (_result, _failure) = (work(session), null);
                return true;
            }
            catch (Exception failure)
            {
                _failure = failure;
                return false;
            }
        }

        public override void Complete()
        {
            if (_failure is null)
            {
                _done.SetResult(_result!);
            }
            else
            {
                _done.SetException(_failure);
            }
        }

        public override void Fail(Exception failure) => _done.SetException(_failure ?? failure);
    }
}
