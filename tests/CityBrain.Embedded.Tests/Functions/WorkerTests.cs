using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CityBrain.Embedded.Functions.Rpc;
using CityBrain.Embedded.Functions.Worker;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace CityBrain.Embedded.Tests.Functions;

/// <summary>The life of the app's process, and what goes wrong with it.</summary>
public sealed class WorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_Dies_IsStartedAgainAndTheReasonIsShown()
    {
        await using var host = await TestHost.StartAsync();
        var before = await host.Client.GetStringAsync("/api/process", Stop);
        using var died = await host.Client.PostAsync("/api/dies", null, Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, died.StatusCode);
        Assert.Equal("starting", (await died.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
        string? after = null;
        while (after is null)
        {
            using var answer = await host.Client.GetAsync("/api/process", Stop);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable);
            after = answer.StatusCode is HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync(Stop) : null;
            await Task.Delay(20, Stop);
        }

        Assert.NotEqual(before, after);
        Assert.Contains(host.Log.Entries, entry => entry.Text.Contains("The app is gone and is started again in", StringComparison.Ordinal) && entry.Text.Contains("Told to by /api/dies", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_FailsAtItsStart_IsOneSentence()
    {
        using var folder = new TestFolder();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => EmbeddedHost.StartAsync(TestHost.SettingsOf(folder, "--FailAtStart=The vault key is missing."), _ => { }, Stop));
        Assert.Equal("The app did not start: The vault key is missing.", failure.Message);
    }

    [Fact]
    public async Task App_NotThere_SaysWhatToDo()
    {
        using var folder = new TestFolder();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => EmbeddedHost.StartAsync([.. TestHost.SettingsOf(folder), "--Embedded:App=nowhere.dll"], _ => { }, Stop));
        Assert.Contains("build it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_BeforeTheAppSaysThatItIsReady_Is503()
    {
        using var folder = new TestFolder();
        var (go, port) = (Path.Combine(folder.Path, "go"), FreePort());
        var starting = EmbeddedHost.StartAsync([.. TestHost.SettingsOf(folder, $"--StartWhenThereIs={go}"), $"--Embedded:HttpPort={port}", "--Schedule=00:00:00.1"], _ => { }, Stop);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using (var early = await FirstAnswerAsync(client))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (early.StatusCode, early.Headers.GetValues("Retry-After").Single()));
        }

        Assert.False(starting.IsCompleted);
        Assert.Empty(folder.ReadMarks());
        await File.WriteAllTextAsync(go, "", Stop);
        await using var host = await starting;
        Assert.NotEmpty(await client.GetStringAsync("/api/process", Stop));
        await folder.MarkAsync("tick");
    }

    [Fact]
    public async Task Host_StoreInUse_SaysWhatToDo()
    {
        await using var host = await TestHost.StartAsync();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => EmbeddedHost.StartAsync(TestHost.SettingsOf(host.Folder), _ => { }, Stop));
        Assert.Contains("Embedded:Path", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_CrashesAtEachRestart_HostStaysUpSaysWhyAndComesBack()
    {
        using var folder = new TestFolder();
        var fault = Path.Combine(folder.Path, "fault");
        await using var host = await TestHost.StartOnAsync(folder, $"--FailWhenThereIs={fault}");
        await File.WriteAllTextAsync(fault, "The vault has gone.", Stop);
        (await host.Client.PostAsync("/api/dies", null, Stop)).Dispose();
        while (host.Log.Entries.Count(entry => entry.Text.Contains("The vault has gone.", StringComparison.Ordinal)) < 2)
        {
            using var answer = await host.Client.GetAsync("/api/process", Stop);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (answer.StatusCode, answer.Headers.GetValues("Retry-After").Single()));
            await Task.Delay(50, Stop);
        }

        File.Delete(fault);
        while (true)
        {
            using var answer = await host.Client.GetAsync("/api/process", Stop);
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                break;
            }

            await Task.Delay(50, Stop);
        }
    }

    [Theory]
    [InlineData("HttpPort")]
    [InlineData("ServiceBusPort")]
    [InlineData("AmqpPort")]
    [InlineData("TablesPort")]
    public async Task Host_PortTaken_SaysWhichSettingToChange(string setting)
    {
        using var folder = new TestFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => EmbeddedHost.StartAsync([.. TestHost.SettingsOf(folder), $"--Embedded:{setting}={((IPEndPoint)taken.LocalEndpoint).Port}"], _ => { }, Stop));
        Assert.Contains($"Embedded:{setting}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_Killed_TheWorkerEndsToo()
    {
        using var folder = new TestFolder();
        using var host = await HostProcess.StartAsync(TestHost.SettingsOf(folder));
        using var client = new HttpClient { BaseAddress = host.Http };
        using var worker = Process.GetProcessById(int.Parse(await client.GetStringAsync("/api/process", Stop), System.Globalization.CultureInfo.InvariantCulture));
        host.Kill();
        await worker.WaitForExitAsync(Stop).WaitAsync(Patience, Stop);
        await using var next = await TestHost.StartOnAsync(folder);
        Assert.NotEmpty(await next.Client.GetStringAsync("/api/process", Stop));
    }

    [Fact]
    public async Task Stop_FunctionRuns_IsCancelledAndItsCallerGets503()
    {
        var host = await TestHost.StartAsync();
        var request = host.Client.GetAsync("/api/hangs", Stop);
        await host.Folder.MarkAsync("hangs");
        var stopping = host.Host.DisposeAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await request).StatusCode);
        await stopping;
        Assert.Contains("cancelled", host.Folder.ReadMarks());
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Stop_FunctionIgnoresCancellation_WaitsOnlyAsLongAsConfigured()
    {
        var host = await TestHost.StartAsync("--Embedded:ShutdownSeconds=1");
        var request = host.Client.GetAsync("/api/hangs?stubborn=1", Stop);
        await host.Folder.MarkAsync("hangs");
        await host.Host.DisposeAsync().AsTask().WaitAsync(Patience, Stop);
        await Assert.ThrowsAnyAsync<Exception>(async () => (await request).EnsureSuccessStatusCode());
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Clock_OfTheHost_IsTheAppsTime()
    {
        await using var host = await TestHost.StartAsync("--Embedded:ClockStart=2030-05-01T00:00:00Z", "--Embedded:ClockSpeed=1000");
        Assert.InRange(await NowAsync(), host.Host.Clock.GetUtcNow().AddMinutes(-30), host.Host.Clock.GetUtcNow());
        host.Host.Clock.Speed = 1;
        var (before, seen, after) = (host.Host.Clock.GetUtcNow(), await NowAsync(), host.Host.Clock.GetUtcNow());
        Assert.InRange(seen, before, after);

        async Task<DateTimeOffset> NowAsync() => (await host.Client.GetFromJsonAsync<JsonElement>("/api/now", Stop)).GetProperty("now").GetDateTimeOffset();
    }

    [Fact]
    public async Task Stream_OfAStranger_IsRefused()
    {
        await using var host = await TestHost.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Host.Get<WorkerEndpoint>().Address);
        var bytes = Marshallers.Create<byte[]>(message => message, message => message);
        var stream = new Method<byte[], byte[]>(MethodType.DuplexStreaming, "AzureFunctionsRpcMessages.FunctionRpc", "EventStream", bytes, bytes);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(stream, null, new CallOptions(cancellationToken: Stop));
        await call.RequestStream.WriteAsync(new StreamingMessage { StartStream = new() { WorkerId = "stranger" } }.ToByteArray(), Stop);
        var refusal = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => call.ResponseStream.MoveNext(Stop));
        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    private static async Task<HttpResponseMessage> FirstAnswerAsync(HttpClient client)
    {
        while (true)
        {
            try
            {
                return await client.GetAsync("/api/process", Stop);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, Stop);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
