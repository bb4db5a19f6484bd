using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CityBrain.Embedded.Tests.Functions;

/// <summary>The host as a process of its own, so that it can be killed.</summary>
internal sealed partial class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _http = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process) => _process = process;

    public Uri Http => _http.Task.Result;

    /// <summary>Port of Service Bus clients.</summary>
    public int Amqp { get; private set; }

    public int Id => _process.Id;

    public static async Task<HostProcess> StartAsync(string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(EmbeddedHost).Assembly.Location, .. settings]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var host = new HostProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        var printed = new List<string?>();
        host._process.OutputDataReceived += (_, line) => host.Take(line.Data, printed);
        host._process.ErrorDataReceived += (_, line) => host.Take(line.Data, printed);
        host._process.Exited += (_, _) => host._http.TrySetException(new InvalidOperationException($"The host ended: {string.Join('\n', printed)}"));
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        await host._http.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>The end without warning: SIGKILL, for this process alone.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Take(string? line, List<string?> printed)
    {
        lock (printed)
        {
            printed.Add(line);
        }

        if (AmqpOn().Match(line ?? "") is { Success: true } amqp)
        {
            Amqp = int.Parse(amqp.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (ListensOn().Match(line ?? "") is { Success: true } match)
        {
            _http.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"The Service Bus listens on \S+:(\d+)")]
    private static partial Regex AmqpOn();

    [GeneratedRegex(@"HTTP functions listen on (http://\S+)")]
    private static partial Regex ListensOn();
}
