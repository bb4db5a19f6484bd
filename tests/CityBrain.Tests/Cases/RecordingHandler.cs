using System.Collections.Concurrent;
using CityBrain.Cases;
using Microsoft.DurableTask.Client;

namespace CityBrain.Tests.Cases;

/// <summary>Remembers what it was told, and fails while it is told to.</summary>
internal sealed class RecordingHandler : IOutboxHandler
{
    public ConcurrentQueue<(string CaseId, int Version)> Told { get; } = new();

    public Func<OutboxEntry, bool> Fails { get; set; } = _ => false;

    public Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        Told.Enqueue((entry.After.CaseId, entry.After.Version));
        return Fails(entry) ? Task.FromException(new IOException("the part of the city that was told is down")) : Task.CompletedTask;
    }
}
