using System.Net;
using System.Net.Sockets;

namespace CityBrain.Rehearsal.Stage;

/// <summary>Finds out whether a port is free.</summary>
internal static class FreePort
{
    /// <summary>A port on which nobody listens now.</summary>
    public static int Any()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>The port when nobody listens there, else 0, for which the system picks a free one.</summary>
    public static int Or0(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return port;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
