using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using CityBrain.Embedded.Tests.Tables;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>One Azurite for the whole test run, installed and started at first use.</summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private const string Version = "3.37.0";
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);

    private readonly Lazy<Task<string>> _connectionString;
    private Process? _process;

    public AzuriteFixture() => _connectionString = new(StartAsync);

    /// <summary>A client of the running Azurite; skips or fails the test when there is none.</summary>
    public async Task<TableServiceClient> ServiceAsync() => new(await _connectionString.Value);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<string> StartAsync()
    {
        var main = Path.Combine(await Npm.InstallAsync("azurite", Version), "node_modules", "azurite", "dist", "src", "table", "main.js");
        var port = FreePort();
        _process = Npm.StartNode(main, "--tableHost", "127.0.0.1", "--tablePort", $"{port}", "--inMemoryPersistence", "--silent", "--disableTelemetry");
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            Assert.False(_process.HasExited, "Azurite ended as soon as it was started.");
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
                return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};TableEndpoint=http://127.0.0.1:{port}/{Account};";
            }
            catch (SocketException)
            {
                await Task.Delay(100, timeout.Token);
            }
        }
    }
}
