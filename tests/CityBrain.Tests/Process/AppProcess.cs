using System.Net;
using System.Net.Http.Json;
using CityBrain.Rehearsal.Stage;

namespace CityBrain.Tests.Process;

/// <summary>Host and app as processes of their own, on a folder that outlives it, so that it can be killed and started again.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    public const string IntakeKey = "demo-intake-key";
    public const string StaffKey = "demo-staff-key";

    private readonly HostProcess _process;

    private AppProcess(HostProcess process)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = process.Http, Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    public static async Task<AppProcess> StartAsync(string folder, CancellationToken cancellationToken, params string[] settings) => new(await HostProcess.StartAsync(
        [$"--Embedded:Path={Path.Combine(folder, "city.db")}", "--Embedded:HttpPort=0", "--Embedded:ServiceBusPort=0", "--Embedded:AmqpPort=0", "--Embedded:TablesPort=0", .. settings],
        _ => { },
        cancellationToken));

    /// <summary>The end without warning: SIGKILL, of host and app.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>SIGKILL for the host alone.</summary>
    public Task KillHostAsync() => _process.KillHostAsync();

    /// <summary>SIGKILL for the app alone.</summary>
    public void KillApp() => _process.KillApp();

    public async Task<HttpResponseMessage> PostAsync(string path, string? key, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body, options: CityJson.Options) };
        request.Headers.Accept.ParseAdd("application/json");
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return await Client.SendAsync(request, cancellationToken);
    }

    public async Task<T?> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("x-functions-key", StaffKey);
        using var response = await Client.SendAsync(request, cancellationToken);
        return response.StatusCode is HttpStatusCode.NotFound ? default : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(CityJson.Options, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Client.Dispose();
    }
}
