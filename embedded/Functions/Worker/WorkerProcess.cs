using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>The app's process, from its start to its end. It ends when this process does: it watches its standard input, which this process holds open.</summary>
internal sealed partial class WorkerProcess : IDisposable
{
    private const int LinesKept = 200;
    private const int LinesTold = 20;
    private const string Unhandled = "Unhandled exception. ";
    private const string FailedFast = "Process terminated.";

    private readonly Process _process;
    private readonly Action<string> _print;
    private readonly Queue<string> _last = new();
    private bool _speaks;

    private WorkerProcess(Process process, Action<string> print) => (_process, _print) = (process, print);

    /// <summary>Id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Starts the app.</summary>
    /// <param name="dll">The app's assembly.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="print">Takes each line that it prints.</param>
    /// <exception cref="InvalidOperationException">It could not be started; the sentence says why.</exception>
    public static WorkerProcess Start(string dll, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Action<string> print)
    {
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(dll)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var worker = new WorkerProcess(new Process { StartInfo = start }, print);
        worker._process.OutputDataReceived += (_, line) => worker.Take(line.Data);
        worker._process.ErrorDataReceived += (_, line) => worker.Take(line.Data);
        try
        {
            worker._process.Start();
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new InvalidOperationException($"The app could not be started with 'dotnet': {failure.Message}. Install the .NET SDK, or put it on the PATH.", failure);
        }

        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Waits for its end, and says how it came: by what exception, or with what exit code after which last lines.</summary>
    public async Task<string> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        string[] last;
        lock (_last)
        {
            last = [.. _last];
        }

        if (last.LastOrDefault(line => line.StartsWith(Unhandled, StringComparison.Ordinal)) is { } exception)
        {
            return ExceptionType().Replace(exception[Unhandled.Length..], "");
        }

        var told = Array.LastIndexOf(last, FailedFast) is >= 0 and var at ? last.Skip(at + 1).Take(1) : last.TakeLast(LinesTold);
        return $"the app ended with exit code {_process.ExitCode}; {(last.Length == 0 ? "it printed nothing" : $"it printed last: {string.Join(Environment.NewLine, told)}")}";
    }

    /// <summary>From now on its lines are printed as they come, those of before first. Until then they are only kept: they say why, if it does not start.</summary>
    public void Speak()
    {
        lock (_last)
        {
            _speaks = true;
            foreach (var line in _last)
            {
                _print(line);
            }
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private void Take(string? line)
    {
        if (string.IsNullOrEmpty(line))
        {
            return;
        }

        lock (_last)
        {
            _last.Enqueue(line);
            if (_last.Count > LinesKept)
            {
                _last.Dequeue();
            }

            if (_speaks)
            {
                _print(line);
            }
        }
    }

    [GeneratedRegex(@"^[\w.+`]+Exception: ")]
    private static partial Regex ExceptionType();
}
