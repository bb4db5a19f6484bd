using System.Net;
using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Broker;
using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>Settings of the Service Bus, by section: <c>Port</c>, <c>Address</c>, <c>Queues:{name}:…</c>, <c>SharedAccessKeys:{name}:…</c>.</summary>
public sealed record ServiceBusOptions
{
    /// <summary>TCP port for AMQP; 0 for any free one. AMQP's own port is the default, which clients take when they name none.</summary>
    public int Port { get; init; } = 5672;

    /// <summary>IP address to listen on; loopback unless a setting says otherwise.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Queues to declare at the start.</summary>
    public IReadOnlyList<QueueOptions> Queues { get; init; } = [];

    /// <summary>Keys; without one nobody can connect.</summary>
    public IReadOnlyList<SharedAccessKey> Keys { get; init; } = [];

    /// <summary>Reads a section.</summary>
    /// <exception cref="InvalidOperationException">A setting is wrong; the sentence says what to write.</exception>
    public static ServiceBusOptions Read(IConfiguration section)
    {
        var defaults = new ServiceBusOptions();
        var options = new ServiceBusOptions
        {
            Port = section.GetValue(nameof(Port), defaults.Port),
            Address = section.GetValue(nameof(Address), defaults.Address)!,
            Queues = [.. section.GetSection(nameof(Queues)).GetChildren().Select(QueueSettings.Read)],
            Keys = [.. section.GetSection("SharedAccessKeys").GetChildren().Select(SharedAccessKeySettings.Read)],
        };
        return options.Port is < 0 or > 65535 ? throw new InvalidOperationException($"Port is {options.Port}; write a number from 0 to 65535.")
            : !IPAddress.TryParse(options.Address, out _) ? throw new InvalidOperationException($"Address is '{options.Address}'; write an IP address such as 127.0.0.1.")
            : options;
    }
}
