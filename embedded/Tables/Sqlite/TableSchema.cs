using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>
/// Tables by name (compared without case, ids never reused) and their entities, clustered by table, partition and row key in ordinal order,
/// so that a point is one descent of the tree and a range of keys one walk along it.
/// </summary>
internal static class TableSchema
{
    private const string Script = """
        CREATE TABLE IF NOT EXISTS tables_table (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE UNIQUE);
        CREATE TABLE IF NOT EXISTS tables_entity (
            table_id INTEGER NOT NULL, pk BLOB NOT NULL, rk BLOB NOT NULL, stamp INTEGER NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (table_id, pk, rk)) WITHOUT ROWID;
        """;

    public static void Create(SqliteStore store) => store.WriteAsync(session => session.Script(Script)).GetAwaiter().GetResult();

    /// <summary>Id of a table, or null.</summary>
    public static long? FindTable(SqliteSession session, string name) =>
        session.QueryFirst<long?>("SELECT id FROM tables_table WHERE name = ?1", row => row.GetInt64(0), name);

    /// <summary>The name as it was given when the table was made, or null.</summary>
    public static string? FindName(SqliteSession session, string name) =>
        session.QueryFirst("SELECT name FROM tables_table WHERE name = ?1", row => row.GetString(0), name);

    /// <summary>Every name from <paramref name="start"/> on, in order without case.</summary>
    public static List<string> ListNames(SqliteSession session, string start) =>
        session.Query("SELECT name FROM tables_table WHERE name >= ?1 ORDER BY name", row => row.GetString(0), start);

    /// <summary>False when a table of that name exists.</summary>
    public static bool CreateTable(SqliteSession session, string name) =>
        session.Execute("INSERT INTO tables_table (name) VALUES (?1) ON CONFLICT (name) DO NOTHING", name) == 1;

    /// <summary>False when there is no table of that name.</summary>
    public static bool DeleteTable(SqliteSession session, string name)
    {
        if (FindTable(session, name) is not { } id)
        {
            return false;
        }

        session.Execute("DELETE FROM tables_entity WHERE table_id = ?1", id);
        session.Execute("DELETE FROM tables_table WHERE id = ?1", id);
        return true;
    }
}
