using System.Collections.Concurrent;
using CityBrain.Cases;
using Microsoft.DurableTask.Client;

namespace CityBrain.Benchmarks;

/// <summary>Tells when a case reaches a state, as a system that listens to the outbox would.</summary>
internal sealed class CaseWatch : IOutboxHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<(string, CaseState), TaskCompletionSource> _awaited = new();

    /// <summary>Completes when the case reaches the state.</summary>
    /// <exception cref="TimeoutException">It does not within two minutes.</exception>
    public Task Reaches(string caseId, CaseState state) =>
        _awaited.GetOrAdd((caseId, state), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(Patience);

    /// <summary>Forgets a case that has ended.</summary>
    public void Forget(string caseId)
    {
        foreach (var state in Enum.GetValues<CaseState>())
        {
            _awaited.TryRemove((caseId, state), out _);
        }
    }

    /// <inheritdoc/>
    public Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (_awaited.TryGetValue((entry.After.CaseId, entry.After.State), out var awaited))
        {
            awaited.TrySetResult();
        }

        return Task.CompletedTask;
    }
}
