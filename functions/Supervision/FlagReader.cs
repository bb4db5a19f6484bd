using Microsoft.Extensions.Options;

namespace CityBrain.Supervision;

/// <summary>Reads what the gaming flags of a month are made of: the facts of that month, and of those before.</summary>
public sealed class FlagReader(FactStore facts, IOptions<SupervisionOptions> options)
{
    /// <summary>Reads once, for however many parts of the city.</summary>
    public async Task<FlagFacts> ReadAsync(Month month, CancellationToken cancellationToken)
    {
        var before = await Task.WhenAll(Enumerable.Range(1, options.Value.BaselineMonths).Select(back => facts.OfMonthAsync(month.Plus(-back), cancellationToken)));
        return new FlagFacts(await facts.OfMonthAsync(month, cancellationToken), [.. before.SelectMany(some => some)], options.Value);
    }
}

/// <summary>What the flags of a month are made of.</summary>
/// <param name="Month">Facts of the month.</param>
/// <param name="Before">Facts of the months before.</param>
/// <param name="Options">Thresholds.</param>
public sealed record FlagFacts(IReadOnlyList<CaseFact> Month, IReadOnlyList<CaseFact> Before, SupervisionOptions Options)
{
    /// <summary>The flags of a part of the city.</summary>
    public IReadOnlyList<GamingFlag> Of(Func<CaseFact, bool> isPart) => [.. GamingFlag.Of([.. Month.Where(isPart)], [.. Before.Where(isPart)], Options), .. WhistleFlags.Of(Month, isPart, Options)];
}
