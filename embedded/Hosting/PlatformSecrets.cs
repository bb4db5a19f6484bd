using System.Security.Cryptography;
using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.Hosting;

/// <summary>Keys that this host makes for itself and keeps in its store: by them the app reaches tables and queues.</summary>
internal sealed class PlatformSecrets(SqliteStore store)
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS platform_secret (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID";
    private const int KeyBytes = 32;

    /// <summary>A key of 32 bytes in base64, made at first use.</summary>
    public async Task<string> KeyAsync(string name) => await store.WriteAsync(session =>
    {
        session.Script(Schema);
        session.Execute("INSERT OR IGNORE INTO platform_secret VALUES (?1, ?2)", name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        return session.QueryFirst("SELECT value FROM platform_secret WHERE name = ?1", row => row.GetString(0), name)!;
    }).ConfigureAwait(false);
}
