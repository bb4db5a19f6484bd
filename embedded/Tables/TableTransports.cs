using Azure.Data.Tables;
using CityBrain.Embedded.Storage;
using CityBrain.Embedded.Tables.Sqlite;

namespace CityBrain.Embedded.Tables;

/// <summary>Finds the transport that a connection string names.</summary>
internal static class TableTransports
{
    public static ITableTransport FromConnectionString(string connectionString, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        if (EmbeddedPlatform.IsEmbedded(connectionString))
        {
            return EmbeddedPlatform.Find(connectionString).Service(platform => new SqliteTableTransport(platform));
        }

        _ = options;
        throw new FormatException("The connection string is not one of the embedded platform.");
    }
}
