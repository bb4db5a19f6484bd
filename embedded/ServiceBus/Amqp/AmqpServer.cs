using System.Net;
using System.Net.Sockets;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Sasl;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>Listens for AMQP 1.0 clients over plain TCP.</summary>
internal sealed class AmqpServer(LinkProvider links, string address, int port)
{
    private const uint IdleTimeOut = 240_000;

    private AmqpConnectionListener? _listener;

    /// <summary>The port that clients connect to; 0 before the start.</summary>
    public int Port { get; private set; }

    /// <exception cref="InvalidOperationException">The port is taken; the sentence says what to write.</exception>
    public void Start()
    {
        Port = FreePort();
        var sasl = new SaslTransportProvider();
        sasl.Versions.Add(new AmqpVersion(1, 0, 0));
        sasl.AddHandler(new SaslAnonymousHandler("MSSBCBS"));
        sasl.AddHandler(new SaslAnonymousHandler());
        var settings = new AmqpSettings { RuntimeProvider = links };
        settings.TransportProviders.Add(sasl);
        _listener = new AmqpConnectionListener(
            [$"amqp://{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{Port}"],
            settings,
            new AmqpConnectionSettings { ContainerId = "city-brain", MaxFrameSize = AmqpConstants.DefaultMaxFrameSize, ChannelMax = ushort.MaxValue - 1, IdleTimeOut = IdleTimeOut });
        _listener.Open();
    }

    /// <summary>Takes no more connections and closes those that are open.</summary>
    public void Stop()
    {
        _listener?.Close();
        _listener = null;
    }

    /// <summary>
    /// The library shares a port with whoever has it, and does not tell which free one it took, so the port is tried with an exclusive
    /// bind first (TcpTransportListener of Microsoft.Azure.Amqp).
    /// </summary>
    private int FreePort()
    {
        var ip = IPAddress.Parse(address);
        using var probe = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { ExclusiveAddressUse = true };
        try
        {
            probe.Bind(new IPEndPoint(ip, port));
            probe.Listen(1);
            return ((IPEndPoint)probe.LocalEndPoint!).Port;
        }
        catch (SocketException taken)
        {
            throw new InvalidOperationException($"The Service Bus cannot listen on {address}:{port} ({taken.Message}).", taken);
        }
    }
}
