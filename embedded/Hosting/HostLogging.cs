using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Hosting;

/// <summary>What is logged unless the section <c>Logging</c> says otherwise: what this host and the app say, and of the frameworks under them what is wrong.</summary>
internal static class HostLogging
{
    /// <summary>Least level by the beginning of a category.</summary>
    public static readonly IReadOnlyList<(string Category, LogLevel Level)> Quiet =
    [
        ("Azure", LogLevel.Warning),
        ("Grpc", LogLevel.Warning),
        ("Microsoft.AspNetCore", LogLevel.Warning),
        ("Microsoft.AspNetCore.DataProtection", LogLevel.Error),    // it warns that keys which nothing uses here are not encrypted
        ("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None),    // whoever starts a host says why it could not be started
        ("Microsoft.Hosting.Lifetime", LogLevel.Warning),
        ("System.Net.Http", LogLevel.Warning),
        ("Yarp", LogLevel.Warning),
    ];

    /// <summary>Adds these rules.</summary>
    public static ILoggingBuilder AddQuietFrameworks(this ILoggingBuilder logging) =>
        Quiet.Aggregate(logging, (builder, rule) => builder.AddFilter(rule.Category, rule.Level));
}
