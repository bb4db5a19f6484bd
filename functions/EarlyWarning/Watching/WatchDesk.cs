using CityBrain.City;
using CityBrain.EarlyWarning.Topics;
using CityBrain.EarlyWarning.Warnings;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>
/// The one writer of early warning: keeps each entry, lets the machine take it, publishes what comes of it. What it knows is in memory and follows from
/// the journal; whenever something fails, it forgets and reads it again. Safe for concurrent use; one batch at a time.
/// </summary>
public sealed partial class WatchDesk(WatchJournal journal, TopicBoard board, WarningDesk warnings, CityModel city, WatchGround ground, IOptions<EarlyWarningOptions> options, ILogger<WatchDesk> logger) : IDisposable
{
    private const int Attempts = 3;
    private const int MostPruned = 1000;

    private readonly SemaphoreSlim _one = new(1);
    private CityWatch? _watch;
    private CityWatchChanges? _changes;
    private long _snapshot;

    /// <summary>Takes entries in their order; what was taken before changes nothing. When it completes, all is kept and published.</summary>
    public async Task TakeAsync(IReadOnlyList<WatchEntry> entries, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await TakeOnceAsync(entries, durable, cancellationToken);
                    return;
                }
                catch (WatchJournalException other) when (attempt < Attempts)
                {
                    LogOther(other);
                    _watch = null;
                }
            }
        }
        catch
        {
            // What was kept but not published is published when the journal is read again.
            _watch = null;
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task TakeOnceAsync(IReadOnlyList<WatchEntry> entries, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var watch = _watch ?? await LoadAsync(durable, cancellationToken);
        var kept = await journal.AppendAsync(entries, watch.Entries, cancellationToken);
        await PublishAsync(watch, kept, durable, cancellationToken);
        if (watch.Entries - _snapshot >= options.Value.SnapshotEntries || kept.Any(entry => entry is { Case: null, Device: null, Ruling: null }))
        {
            await SnapshotAsync(watch, cancellationToken);
        }
    }

    private async Task<CityWatch> LoadAsync(DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var (known, since) = await journal.LoadAsync(cancellationToken);
        var watch = new CityWatch(city, ground, options.Value, known);
        (_snapshot, _changes) = (watch.Entries, null);
        await PublishAsync(watch, since, durable, cancellationToken);
        LogLoaded(watch.Entries, since.Count);
        return _watch = watch;
    }

    /// <summary>Lets the machine take entries, and publishes what comes of them.</summary>
    private async Task PublishAsync(CityWatch watch, IReadOnlyList<WatchEntry> entries, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            foreach (var warning in watch.Take(entry))
            {
                await warnings.PublishAsync(warning, durable, cancellationToken);
            }
        }

        var changes = watch.TakeChanges();
        _changes = _changes is null ? changes : _changes.Then(changes);
        await board.WriteAsync(changes.Topics.Topics.Select(watch.ViewOf), cancellationToken);
    }

    private async Task SnapshotAsync(CityWatch watch, CancellationToken cancellationToken)
    {
        var core = watch.Core();
        await journal.KeepAsync(core, _changes!, cancellationToken);
        (_snapshot, _changes) = (watch.Entries, null);
        if (core.Now is { } now)
        {
            await journal.PruneAsync(now.AddDays(-options.Value.KeepDays), _snapshot, MostPruned, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Early warning knows {Entries} entries, {Since} of them since its last snapshot")]
    private partial void LogLoaded(long entries, int since);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another instance wrote for early warning meanwhile; what it knows is read again")]
    private partial void LogOther(Exception other);
}
