using Microsoft.Extensions.Options;

namespace CityBrain.Supervision;

/// <summary>Reads the gaming flags of a month from the facts of that month and of those before.</summary>
public sealed class FlagReader(FactStore facts, IOptions<SupervisionOptions> options)
{
    /// <summary>The flags of a month, of those facts that the caller may see.</summary>
    public async Task<IReadOnlyList<GamingFlag>> ReadAsync(Month month, Func<CaseFact, bool> maySee, CancellationToken cancellationToken)
    {
        var before = await Task.WhenAll(Enumerable.Range(1, options.Value.BaselineMonths).Select(back => facts.OfMonthAsync(month.Plus(-back), cancellationToken)));
        var now = await facts.OfMonthAsync(month, cancellationToken);
        return GamingFlag.Of([.. now.Where(maySee)], [.. before.SelectMany(some => some).Where(maySee)], options.Value);
    }
}
