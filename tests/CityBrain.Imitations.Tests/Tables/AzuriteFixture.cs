using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using CityBrain.Embedded.Tests.Tables;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>
/// One Azurite for the whole test run, installed from npm into the user's temporary folder at first use and started at first use. Without
/// Node or npm the tests that ask for it are skipped, and fail where the variable CI is <c>true</c>.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private const string Version = "3.37.0";
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);

    private readonly Lazy<Task<string>> _connectionString;
    private Process? _process;

    public AzuriteFixture() => _connectionString = new(StartAsync);

    /// <summary>A client of the running Azurite; skips or fails the test when there is none.</summary>
    public async Task<TableServiceClient> ServiceAsync()
    {
        if (Find("node") is null || Find("npm") is null)
        {
            const string Reason = "Azurite needs Node and npm on the PATH, and they were not found; install Node 20 or later to run the tests on the REST protocol.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Reason);
            Assert.Fail(Reason);
        }

        return new(await _connectionString.Value);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + (program == "node" ? ".exe" : ".cmd") : program))
        .FirstOrDefault(File.Exists);

    /// <summary>Installs into a folder of its own and moves it into place, so that test runs at the same time never see half an installation.</summary>
    private static async Task<string> InstallAsync()
    {
        var cache = Path.Combine(Path.GetTempPath(), $"citybrain-azurite-{Version}-{Environment.UserName}");
        var main = Path.Combine("node_modules", "azurite", "dist", "src", "table", "main.js");
        if (!File.Exists(Path.Combine(cache, main)))
        {
            var staging = Directory.CreateTempSubdirectory("citybrain-azurite-install-").FullName;
            using var npm = Start(Find("npm")!, ["install", $"azurite@{Version}", "--prefix", staging, "--no-audit", "--no-fund", "--loglevel=error"]);
            await npm.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(InstallTimeout);
            Assert.True(npm.ExitCode == 0, $"npm could not install azurite@{Version} (exit code {npm.ExitCode}); the tests on the REST protocol need it.");
            try
            {
                Directory.Move(staging, cache);
            }
            catch (IOException) when (File.Exists(Path.Combine(cache, main)))
            {
                Directory.Delete(staging, recursive: true);
            }
        }

        return Path.Combine(cache, main);
    }

    private static Process Start(string program, string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<string> StartAsync()
    {
        var main = await InstallAsync();
        var port = FreePort();
        _process = Start(Find("node")!, [main, "--tableHost", "127.0.0.1", "--tablePort", $"{port}", "--inMemoryPersistence", "--silent", "--disableTelemetry"]);
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
