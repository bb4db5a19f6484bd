using CityBrain.Cases;
using CityBrain.Language;

namespace CityBrain.Feedback;

/// <summary>
/// How rare words are in this city, learned from its latest cases that have a reply which passed the gate: what every reply says weighs nothing. Learned anew at
/// most once a day, by whoever asks first; whoever asks meanwhile gets what was learned before. Safe for concurrent use.
/// </summary>
public sealed class ReplyStatistics(CaseLists lists, CaseStore cases, TimeProvider clock)
{
    /// <summary>Most cases that are learned from.</summary>
    public const int MostCases = 2000;

    /// <summary>With fewer cases nothing is learned: every word weighs the same.</summary>
    public const int FewestCases = 200;

    private const int PageSize = 500;
    private const int ReadAtOnce = 16;

    private static readonly TimeSpan GoodFor = TimeSpan.FromDays(1);
    private static readonly CaseState[] Learned = [CaseState.Verified, CaseState.Closed];

    private volatile NgramStatistics _latest = NgramStatistics.None;
    private long _learnAgainAt;
    private int _learning;

    /// <summary>What is known now.</summary>
    public async ValueTask<NgramStatistics> CurrentAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _learnAgainAt) || Interlocked.Exchange(ref _learning, 1) == 1)
        {
            return _latest;
        }

        try
        {
            _latest = await LearnAsync(cancellationToken);
            Interlocked.Exchange(ref _learnAgainAt, (clock.GetUtcNow() + GoodFor).UtcTicks);
            return _latest;
        }
        finally
        {
            Interlocked.Exchange(ref _learning, 0);
        }
    }

    private async Task<NgramStatistics> LearnAsync(CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var state in Learned)
        {
            await foreach (var place in lists.PlacesAsync(CaseIndex.StateList(state), "", null, PageSize, cancellationToken).Take(MostCases - ids.Count).WithCancellation(cancellationToken))
            {
                ids.Add(CaseIndex.CaseIdOf(place));
            }
        }

        if (ids.Count < FewestCases)
        {
            return NgramStatistics.None;
        }

        var texts = new List<string>();
        foreach (var some in ids.Chunk(ReadAtOnce))
        {
            foreach (var read in await Task.WhenAll(some.Select(id => cases.FindAsync(id, cancellationToken))))
            {
                if (read is { Reply: { } reply, Origin.Kind: OriginKind.Appeal })
                {
                    texts.Add($"{read.Title}\n{read.Text}");
                    texts.Add(reply.Text);
                }
            }
        }

        return texts.Count < 2 * FewestCases ? NgramStatistics.None : NgramStatistics.Learn(texts);
    }
}
