using Azure.Data.Tables;
using CityBrain.Embedded.Storage;
using CityBrain.Embedded.Tables.Rest;
using CityBrain.Embedded.Tables.Sqlite;

namespace CityBrain.Embedded.Tables;

/// <summary>Finds the transport that a connection string names.</summary>
internal static class TableTransports
{
    /// <exception cref="FormatException">The text is no connection string.</exception>
    public static ITableTransport FromConnectionString(string connectionString, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return EmbeddedPlatform.IsEmbedded(connectionString)
            ? EmbeddedPlatform.Find(connectionString).Service(platform => new SqliteTableTransport(platform))
            : RestTableTransport.Create(TableConnectionString.Parse(connectionString), options);
    }
}
