using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace CityBrain.Tests.Process;

/// <summary>The built app as a process of its own, on a folder that outlives it, so that it can be killed and started again.</summary>
internal sealed partial class AppProcess : IAsyncDisposable
{
    public const string IntakeKey = "demo-intake-key";
    public const string StaffKey = "demo-staff-key";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private readonly System.Diagnostics.Process _process;

    private AppProcess(System.Diagnostics.Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    public static async Task<AppProcess> StartAsync(string folder, CancellationToken cancellationToken, params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CityBrain.Functions.dll"), $"--Embedded:Path={Path.Combine(folder, "city.db")}", "--Embedded:HttpPort=0", "--Embedded:ServiceBusPort=0", .. settings])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var process = new System.Diagnostics.Process { StartInfo = start, EnableRaisingEvents = true };
        void Read(object sender, DataReceivedEventArgs line)
        {
            output.Enqueue(line.Data ?? "");
            if (ListensOn().Match(line.Data ?? "") is { Success: true } match)
            {
                address.TrySetResult(new Uri(match.Groups[1].Value));
            }
        }

        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException("The app ended at its start:\n" + string.Join('\n', output)));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new AppProcess(process, await address.Task.WaitAsync(StartTimeout, cancellationToken));
    }

    /// <summary>The end without warning: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

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
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        Client.Dispose();
    }

    [GeneratedRegex(@"HTTP functions listen on (http://\S+)")]
    private static partial Regex ListensOn();
}
