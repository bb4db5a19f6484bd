using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CityBrain.Embedded.Storage;

/// <summary>One SQLite connection with its prepared statements kept. Parameters are positional: <c>?1</c>, <c>?2</c>, … Not thread-safe.</summary>
public sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, sqlite3_stmt> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    internal SqliteSession(string path, int cacheKiB)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        _connection.Open();
        Script($"PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-{cacheKiB}; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=8000;");
    }

    /// <summary>Rows inserted, updated or deleted on this connection since it was opened.</summary>
    internal int TotalChanges => raw.sqlite3_total_changes(_connection.Handle!);

    /// <summary>Row id of the row inserted last on this connection.</summary>
    public long LastInsertedRowId => raw.sqlite3_last_insert_rowid(_connection.Handle!);

    /// <summary>Runs a statement and returns the number of rows it changed.</summary>
    /// <remarks>Straight on SQLite's own interface: a command object would look every parameter up by name and make a reader for each run.</remarks>
    /// <exception cref="SqliteException">SQLite refused it.</exception>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_connection.Handle!, sql, out statement), _connection.Handle);
            _statements.Add(sql, statement);
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            Bind(statement, i + 1, arguments[i]);
        }

        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        SqliteException.ThrowExceptionForRC(result, _connection.Handle);
        return raw.sqlite3_changes(_connection.Handle!);
    }

    /// <summary>Maps every row of a query; the reader is positioned on the row when <paramref name="map"/> runs.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> arguments)
    {
        var rows = new List<T>();
        using var reader = Prepare(sql, arguments).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>Maps the first row of a query, or returns the default value when there is none.</summary>
    public T? QueryFirst<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Prepare(sql, arguments).ExecuteReader();
        return reader.Read() ? map(reader) : default;
    }

    /// <summary>Runs several statements without parameters, such as a schema.</summary>
    public void Script(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    internal void RollbackIfOpen()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    private static void Bind(sqlite3_stmt statement, int index, object? value) => _ = value switch
    {
        null => raw.sqlite3_bind_null(statement, index),
        string text => raw.sqlite3_bind_text(statement, index, text),
        byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
        double number => raw.sqlite3_bind_double(statement, index, number),
        int or long or bool or Enum => raw.sqlite3_bind_int64(statement, index, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be stored; give a string, a number, a bool or bytes.", nameof(value)),
    };

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= arguments.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter("?" + i, null));
            }

            _prepared.Add(sql, command);
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        }

        return command;
    }
}
