using Azure.Core;

namespace Azure.AI.TextAnalytics;

/// <summary>Options of the client: the version of the service protocol, and the retries, transport and diagnostics of Azure.Core.</summary>
public class TextAnalyticsClientOptions : ClientOptions
{
    /// <param name="version">Version of the service protocol.</param>
    public TextAnalyticsClientOptions(ServiceVersion version = ServiceVersion.V2023_04_01) =>
        VersionString = version switch
        {
            ServiceVersion.V2022_05_01 => "2022-05-01",
            ServiceVersion.V2023_04_01 => "2023-04-01",
            _ => throw new ArgumentOutOfRangeException(nameof(version)),
        };

    /// <summary>Versions of the service protocol.</summary>
    public enum ServiceVersion
    {
        /// <summary>2022-05-01.</summary>
        V2022_05_01 = 3,

        /// <summary>2023-04-01.</summary>
        V2023_04_01 = 4,
    }

    internal string VersionString { get; }
}
