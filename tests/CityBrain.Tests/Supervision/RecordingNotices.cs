using System.Collections.Concurrent;
using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

/// <summary>Remembers what was told, and fails while it is told to.</summary>
internal sealed class RecordingNotices : ISupervisionNotices
{
    public ConcurrentQueue<OverdueEntry> Steps { get; } = new();

    public ConcurrentQueue<WeeklyDigest> Digests { get; } = new();

    public bool Fails { get; set; }

    public Task TellAsync(OverdueEntry entry, CancellationToken cancellationToken) => Note(Steps, entry);

    public Task TellAsync(WeeklyDigest digest, CancellationToken cancellationToken) => Note(Digests, digest);

    private Task Note<T>(ConcurrentQueue<T> told, T what)
    {
        if (Fails)
        {
            return Task.FromException(new IOException("the notices are down"));
        }

        told.Enqueue(what);
        return Task.CompletedTask;
    }
}
