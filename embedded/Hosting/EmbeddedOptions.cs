using System.ComponentModel.DataAnnotations;

namespace CityBrain.Embedded.Hosting;

/// <summary>Settings of the embedded host, section <c>Embedded</c>. Ports: 0 picks a free one.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Embedded";

    /// <summary>The SQLite file that holds everything that must survive; relative to the working folder.</summary>
    [Required]
    public string Path { get; set; } = ".citybrain/city.db";

    /// <summary>The app's assembly; the one that was built with the host unless set.</summary>
    public string? App { get; set; }

    /// <summary>City seconds in a real second: timers, durable timers, scheduled messages and times to live follow, and the app's <c>TimeProvider</c>.</summary>
    [Range(0.001, 10_000_000)]
    public double ClockSpeed { get; set; } = 1;

    /// <summary>First instant of the city's clock; null means now, or where an accelerated clock stood when it was last stopped.</summary>
    public DateTimeOffset? ClockStart { get; set; }

    /// <summary>Time zone of timer schedules, such as <c>Asia/Shanghai</c>.</summary>
    [Required]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Port of the HTTP functions.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; set; } = 7071;

    /// <summary>Port on which devices send messages by HTTP (<c>POST /{queue}/messages</c>).</summary>
    [Range(0, 65535)]
    public int ServiceBusPort { get; set; } = 7072;

    /// <summary>Port of Service Bus clients (AMQP).</summary>
    [Range(0, 65535)]
    public int AmqpPort { get; set; } = 7073;

    /// <summary>Port of table clients.</summary>
    [Range(0, 65535)]
    public int TablesPort { get; set; } = 7074;

    /// <summary>Key of the tables' account, at least 16 bytes in base64; null: one that the host makes and keeps in its store.</summary>
    public string? TablesKey { get; set; }

    /// <summary>Largest body of an HTTP request, in bytes; the default is that of Azure Functions, 100 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long MaxRequestBodyBytes { get; set; } = 104_857_600;

    /// <summary>How long a stop waits for the functions that run, and then for the app, in seconds.</summary>
    [Range(0, 3600)]
    public int ShutdownSeconds { get; set; } = 10;

    /// <summary>Keys that open every function of level Function, by name.</summary>
    public Dictionary<string, string> HostKeys { get; set; } = [];

    /// <summary>Keys that open one function, by function and by name.</summary>
    public Dictionary<string, Dictionary<string, string>> FunctionKeys { get; set; } = [];

    /// <summary>The key that opens everything; null means that there is none.</summary>
    public string? MasterKey { get; set; }
}
