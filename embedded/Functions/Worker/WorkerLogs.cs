using System.Collections.Concurrent;
using CityBrain.Embedded.Functions.Rpc;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>Writes what the worker logs into the host's log, with its level and category. Safe for concurrent use.</summary>
internal sealed class WorkerLogs(ILoggerFactory loggers)
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new(StringComparer.Ordinal);

    /// <summary>Writes an entry.</summary>
    public void Take(RpcLog entry)
    {
        var level = (LogLevel)entry.Level;
        var logger = _loggers.GetOrAdd(entry.Category.Length == 0 ? "Worker" : entry.Category, loggers.CreateLogger);
        if (entry.LogCategory == RpcLog.Types.Origin.CustomMetric || !logger.IsEnabled(level))
        {
            return;
        }

        var id = int.TryParse(entry.EventId, out var number) ? new EventId(number) : default;
        logger.Log(level, id, entry, entry.Exception is null ? null : new LoggedInWorkerException(entry.Exception), static (entry, _) => entry.Message);
    }

    /// <summary>An exception of the worker's process, as text.</summary>
    private sealed class LoggedInWorkerException(RpcException exception) : Exception(exception.Message)
    {
        public override string ToString() =>
            $"{(exception.Type.Length > 0 ? $"{exception.Type}: " : "")}{exception.Message}{(exception.StackTrace.Length > 0 ? Environment.NewLine + exception.StackTrace : "")}";
    }
}
