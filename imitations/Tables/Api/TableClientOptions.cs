using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Options of the clients: the version of the service protocol, and the retries, transport and diagnostics of Azure.Core.</summary>
public class TableClientOptions : ClientOptions
{
    /// <param name="serviceVersion">Version of the service protocol.</param>
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06) =>
        VersionString = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion)),
        };

    /// <summary>Versions of the service protocol.</summary>
    public enum ServiceVersion
    {
        /// <summary>2019-02-02.</summary>
        V2019_02_02 = 1,

        /// <summary>2020-12-06.</summary>
        V2020_12_06 = 2,
    }

    internal string VersionString { get; }
}
