using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Hosting;

/// <summary>A Kestrel of the platform: on the loopback address only, with nothing between the socket and what answers.</summary>
internal static class LoopbackServer
{
    /// <summary>Builds a server that is not yet listening.</summary>
    /// <param name="port">Port; 0 picks a free one.</param>
    /// <param name="largestBody">Longest request body, in bytes.</param>
    /// <param name="loggers">Where the server logs.</param>
    /// <param name="configure">Further services.</param>
    /// <param name="longestRequestLine">Longest request line, in bytes; the default is the web server's.</param>
    public static WebApplication Build(int port, long largestBody, ILoggerFactory loggers, Action<IServiceCollection>? configure = null, int longestRequestLine = 8192)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = largestBody;
            kestrel.Limits.MaxRequestLineSize = longestRequestLine;
            kestrel.Limits.MaxRequestBufferSize = Math.Max(1024 * 1024, longestRequestLine);
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddSingleton(loggers);
        configure?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>Starts listening and returns the bound address.</summary>
    /// <exception cref="InvalidOperationException">The port is taken; the message names the setting to change.</exception>
    public static async Task<Uri> ListenAsync(WebApplication server, string what, int port, string setting, CancellationToken cancellationToken)
    {
        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            throw new InvalidOperationException($"{what} cannot listen on port {port}: {failure.Message} Write another port into {setting}, or 0 for a free one.", failure);
        }

        return new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }
}
