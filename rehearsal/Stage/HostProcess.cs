using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CityBrain.Embedded;

namespace CityBrain.Rehearsal.Stage;

/// <summary>The embedded host, with the built app as its worker, as a process of its own, from one start to its end.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _printed = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(IEnumerable<string> arguments) => _process = new Process
    {
        StartInfo = new ProcessStartInfo("dotnet", [typeof(EmbeddedHost).Assembly.Location, .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        },
        EnableRaisingEvents = true,
    };

    /// <summary>Base address of its HTTP API.</summary>
    public Uri Http => _address.Task.Result;

    /// <summary>Id of the app's process; it changes when the host has to start the app again.</summary>
    public int AppId { get; private set; }

    /// <summary>Starts the app; returns when it listens.</summary>
    /// <param name="arguments">Settings, as on a command line.</param>
    /// <param name="print">Takes each line that it prints, one at a time.</param>
    /// <param name="cancellationToken">Ends the start, and the app.</param>
    /// <exception cref="InvalidOperationException">The app ended at its start.</exception>
    /// <exception cref="TimeoutException">It did not listen in two minutes.</exception>
    public static async Task<HostProcess> StartAsync(IEnumerable<string> arguments, Action<string> print, CancellationToken cancellationToken)
    {
        var app = new HostProcess(arguments);
        try
        {
            app.Run(print);
            await app._address.Task.WaitAsync(LongestStart, cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL for the host alone: the app has to see for itself that it is gone.</summary>
    public async Task KillHostAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGKILL for the app alone: the host has to start it again.</summary>
    public void KillApp()
    {
        try
        {
            using var app = Process.GetProcessById(AppId);
            app.Kill();
        }
        catch (ArgumentException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>The end without warning: SIGKILL, of the host and of the app. Done already, it does nothing.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>The orderly end: SIGTERM, after which what runs may finish. Where there are no signals it is killed.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited && !OperatingSystem.IsWindows())
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(LongestStop);
        }

        await KillAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Run(Action<string> print)
    {
        void Read(object sender, DataReceivedEventArgs line)
        {
            lock (_printed)
            {
                print(line.Data ?? "");
            }

            if (!_address.Task.IsCompleted)
            {
                _printed.Enqueue(line.Data ?? "");
            }

            if (AppIs().Match(line.Data ?? "") is { Success: true } app)
            {
                AppId = int.Parse(app.Groups[1].Value, CultureInfo.InvariantCulture);
            }

            if (ListensOn().Match(line.Data ?? "") is { Success: true } match)
            {
                _address.TrySetResult(new Uri(match.Groups[1].Value));
            }
        }

        _process.OutputDataReceived += Read;
        _process.ErrorDataReceived += Read;
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The app ended at its start:\n" + string.Join('\n', _printed)));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    [GeneratedRegex(@"The app is ready, in process (\d+)")]
    private static partial Regex AppIs();

    [GeneratedRegex(@"HTTP functions listen on (http://\S+)")]
    private static partial Regex ListensOn();
}
