using System.Collections.Concurrent;
using System.Text.Json;
using CityBrain.Intake;
using CityBrain.Rehearsal.Play;

namespace CityBrain.Rehearsal.Replay;

/// <summary>
/// Sends messages in batches, several at once. A request that is refused as a whole or breaks off is sent again, as a channel would: the same number is
/// the same case.
/// </summary>
/// <param name="api">The city.</param>
/// <param name="batchSize">Messages of a request.</param>
internal sealed class ReplaySender(CityApi api, int batchSize)
{
    private const int BatchesAtOnce = 4;
    private const int MostTries = 600;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, bool> _caseIds = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _refusals = [];
    private int _answered;
    private int _repeated;

    /// <summary>Messages that were answered.</summary>
    public int Answered => _answered;

    /// <summary>Requests that were sent again.</summary>
    public int Repeated => _repeated;

    /// <summary>The cases that the answers named.</summary>
    public ICollection<string> CaseIds => _caseIds.Keys;

    /// <summary>Answers that named no case.</summary>
    public IReadOnlyCollection<string> Refusals => _refusals;

    /// <summary>Sends all messages.</summary>
    /// <param name="appeals">The messages.</param>
    /// <param name="ready">Waits until the city may be sent more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task SendAsync(IReadOnlyList<AppealRequest> appeals, Func<CancellationToken, Task> ready, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        appeals.Chunk(batchSize),
        new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancellationToken },
        async (batch, stop) =>
        {
            await ready(stop);
            foreach (var item in await AnswerAsync(batch, stop))
            {
                if (item.TryGetProperty("caseId", out var caseId) && caseId.GetString() is { } id)
                {
                    _caseIds[id] = true;
                }
                else
                {
                    _refusals.Add(item.GetRawText());
                }
            }

            Interlocked.Add(ref _answered, batch.Length);
        });

    private async Task<List<JsonElement>> AnswerAsync(AppealRequest[] batch, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await api.FileBatchAsync(batch, stop);
                if (!answer.IsTheirs || attempt == MostTries)
                {
                    return answer.As<List<JsonElement>>() ?? throw new InvalidOperationException($"A batch was answered with {(int)answer.Status}.");
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException && attempt < MostTries)
            {
                // Nobody is there, or nobody any more: what was accepted without an answer is accepted again as the same.
            }

            Interlocked.Increment(ref _repeated);
            await Task.Delay(Pause, stop);
        }
    }
}
