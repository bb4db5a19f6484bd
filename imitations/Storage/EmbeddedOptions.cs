using System.ComponentModel.DataAnnotations;

namespace CityBrain.Embedded.Storage;

/// <summary>Settings of the embedded platform, section <c>Embedded</c>.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Embedded";

    /// <summary>The SQLite file that holds everything that must survive; relative to the working folder.</summary>
    [Required]
    public string Path { get; set; } = ".citybrain/city.db";

    /// <summary>City seconds in a real second: timers and durable timers follow.</summary>
    [Range(0.001, 10_000_000)]
    public double ClockSpeed { get; set; } = 1;

    /// <summary>First instant of the city's clock; null means now, or where an accelerated clock stood when it was last stopped.</summary>
    public DateTimeOffset? ClockStart { get; set; }

    /// <summary>Port of the HTTP triggers; 0 picks a free one.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; set; } = 7071;

    /// <summary>Port on which devices send messages (<c>POST /{queue}/messages</c>); 0 picks a free one.</summary>
    [Range(0, 65535)]
    public int ServiceBusPort { get; set; } = 7072;

    /// <summary>Largest body of an HTTP request, in bytes; the default is that of Azure Functions, 100 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long MaxRequestBodyBytes { get; set; } = 104_857_600;

    /// <summary>How long a stop waits for the functions that run, in seconds.</summary>
    [Range(0, 3600)]
    public int ShutdownSeconds { get; set; } = 10;

    /// <summary>Keys that open every function of level Function, by name.</summary>
    public Dictionary<string, string> HostKeys { get; set; } = [];

    /// <summary>Keys that open one function, by function and by name.</summary>
    public Dictionary<string, Dictionary<string, string>> FunctionKeys { get; set; } = [];

    /// <summary>The key that opens everything; null means that there is none.</summary>
    public string? MasterKey { get; set; }
}
