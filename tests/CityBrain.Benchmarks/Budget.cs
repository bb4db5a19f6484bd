using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CityBrain.Benchmarks;

/// <summary>What work costs the host and the app: invocations by trigger, requests to tables, and processor time of both processes.</summary>
internal sealed class Budget : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Process _app;
    private TimeSpan _hostBefore;
    private TimeSpan _appBefore;

    /// <param name="appProcessId">The app's process; the host is this one.</param>
    public Budget(int appProcessId)
    {
        _app = Process.GetProcessById(appProcessId);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "CityBrain.Embedded")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) => _counts.AddOrUpdate(NameOf(instrument, tags), count, (_, sum) => sum + count));
        _listener.Start();
        Begin();
    }

    /// <summary>Memory of host and app together, MiB.</summary>
    public double MemoryMiB
    {
        get
        {
            _app.Refresh();
            return (Process.GetCurrentProcess().WorkingSet64 + _app.WorkingSet64) / 1048576.0;
        }
    }

    /// <summary>Counts from now on.</summary>
    public void Begin()
    {
        _app.Refresh();
        (_hostBefore, _appBefore) = (Process.GetCurrentProcess().TotalProcessorTime, _app.TotalProcessorTime);
        _counts.Clear();
    }

    /// <summary>Adds what each of so many pieces of work cost.</summary>
    /// <param name="report">Takes it.</param>
    /// <param name="pieces">How many were done since <see cref="Begin"/>.</param>
    /// <param name="piece">What one is called, with its article.</param>
    public void AddTo(Report report, int pieces, string piece)
    {
        _app.Refresh();
        foreach (var (name, count) in _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            report.Add(name, piece, (double)count / pieces);
        }

        report.Add("processor time, host and client", $"ms {piece}", (Process.GetCurrentProcess().TotalProcessorTime - _hostBefore).TotalMilliseconds / pieces);
        report.Add("processor time, app", $"ms {piece}", (_app.TotalProcessorTime - _appBefore).TotalMilliseconds / pieces);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _app.Dispose();
    }

    private static string NameOf(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.Length > 0 ? $"{instrument.Name} {tags[0].Value}" : instrument.Name;
}
