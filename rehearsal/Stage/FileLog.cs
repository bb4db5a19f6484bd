using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace CityBrain.Rehearsal.Stage;

/// <summary>Writes the log of the app to a file, a line an entry, and counts warnings and errors. Safe for concurrent use.</summary>
internal sealed class FileLog : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _file;
    private readonly ConcurrentDictionary<(LogLevel Level, string Category), int> _counts = new();

    public FileLog(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        _file = new StreamWriter(Path) { AutoFlush = true };
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Warnings so far.</summary>
    public int Warnings => Count(LogLevel.Warning);

    /// <summary>Errors so far.</summary>
    public int Errors => Count(LogLevel.Error) + Count(LogLevel.Critical);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _file.Dispose();
        }
    }

    private int Count(LogLevel level) => _counts.Where(pair => pair.Key.Level == level).Sum(pair => pair.Value);

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        if (level >= LogLevel.Warning)
        {
            _counts.AddOrUpdate((level, category), 1, (_, count) => count + 1);
        }

        var time = TimeProvider.System.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        lock (_lock)
        {
            if (_file.BaseStream is { CanWrite: true })
            {
                _file.WriteLine($"{time} {level} {category}: {message}{(exception is null ? "" : $" {exception}")}");
            }
        }
    }

    private sealed class Logger(FileLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(logLevel, category, formatter(state, exception), exception);
    }
}
