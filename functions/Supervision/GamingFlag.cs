using CityBrain.Cases;

namespace CityBrain.Supervision;

/// <summary>A sign that figures were made rather than earned: for a person to look at, never a verdict.</summary>
/// <param name="Kind">What stands out.</param>
/// <param name="Department">Whose; null when it is that of a street.</param>
/// <param name="Count">Cases for which it holds.</param>
/// <param name="Total">Cases that were looked at.</param>
/// <param name="Share">The one by the other, four decimals.</param>
/// <param name="Threshold">From this share on it is flagged; of a silence, up to this share.</param>
/// <param name="Baseline">By what it is measured, where that is a share: the department's own in the months before, or that of all others.</param>
/// <param name="Cases">The cases, oldest id first, at most <see cref="MostCases"/>.</param>
/// <param name="StreetId">The street-level area whose it is, if it is not a department's.</param>
public sealed record GamingFlag(FlagKind Kind, string? Department, int Count, int Total, decimal Share, decimal Threshold, decimal? Baseline, IReadOnlyList<string> Cases, string? StreetId = null)
{
    /// <summary>Most cases that are named.</summary>
    public const int MostCases = 50;

    private static readonly TimeSpan LastHour = TimeSpan.FromHours(1);

    /// <summary>The flags of a month. Pure.</summary>
    /// <param name="month">Its facts.</param>
    /// <param name="before">The facts of the months before, against which a department is measured by its own habit.</param>
    /// <param name="options">Thresholds.</param>
    public static IReadOnlyList<GamingFlag> Of(IReadOnlyCollection<CaseFact> month, IReadOnlyCollection<CaseFact> before, SupervisionOptions options)
    {
        var habits = before.ToLookup(fact => fact.Department, StringComparer.Ordinal);
        return
        [
            .. month.Where(fact => fact.Department is not null).GroupBy(fact => fact.Department!, StringComparer.Ordinal).OrderBy(unit => unit.Key, StringComparer.Ordinal).SelectMany(unit =>
            {
                var answered = unit.Where(fact => fact is { Kind: OriginKind.Appeal, Outcome.Kind: FactKind.Solved or FactKind.Unsolved }).ToList();
                var replied = unit.Where(fact => fact.Outcome is { RepliedAt: not null, ResolveDue: not null }).ToList();
                return new[]
                {
                    Find(FlagKind.ClosedUnsolved, unit.Key, answered, IsUnsolved, Percent(options.UnsolvedPercent), null, options),
                    Find(FlagKind.NoContact, unit.Key, answered, fact => fact.Outcome!.Contacted is false, Percent(options.NoContactPercent), null, options),
                    Find(FlagKind.LastHour, unit.Key, replied, IsLastHour, Percent(options.LastHourPercent), null, options),
                    Suspensions(unit.Key, [.. unit], [.. habits[unit.Key]], options),
                }.OfType<GamingFlag>();
            }),
        ];
    }

    /// <summary>Pausing far beyond a department's own habit; without enough earlier cases there is no habit to measure by.</summary>
    private static GamingFlag? Suspensions(string department, IReadOnlyList<CaseFact> now, IReadOnlyList<CaseFact> before, SupervisionOptions options)
    {
        if (before.Count < options.MinimumAnswers)
        {
            return null;
        }

        var habit = decimal.Round(before.Count(IsSuspended) / (decimal)before.Count, 4);
        return Find(FlagKind.MassSuspension, department, now, IsSuspended, Math.Max(habit * options.SuspensionFactor, Percent(options.SuspensionPercent)), habit, options);
    }

    internal static GamingFlag? Find(FlagKind kind, string department, IReadOnlyCollection<CaseFact> facts, Func<CaseFact, bool> holds, decimal threshold, decimal? baseline, SupervisionOptions options)
    {
        var cases = facts.Where(holds).Select(fact => fact.CaseId).Order(StringComparer.Ordinal).ToList();
        var share = facts.Count == 0 ? 0 : decimal.Round(cases.Count / (decimal)facts.Count, 4);
        return facts.Count >= options.MinimumAnswers && cases.Count > 0 && share >= threshold
            ? new(kind, department, cases.Count, facts.Count, share, threshold, baseline, [.. cases.Take(MostCases)])
            : null;
    }

    private static bool IsUnsolved(CaseFact fact) => fact.Steps.Any(step => step.Kind is FactKind.Unsolved);

    private static bool IsSuspended(CaseFact fact) => fact.Steps.Any(step => step.Kind is FactKind.Suspended);

    private static bool IsLastHour(CaseFact fact) => fact.Outcome!.ResolveDue - fact.Outcome.RepliedAt is { } left && left >= TimeSpan.Zero && left <= LastHour;

    internal static decimal Percent(int percent) => percent / 100m;
}

/// <summary>What stands out.</summary>
public enum FlagKind
{
    /// <summary>Replied as done, and the reporter says unsolved. 虚假办结</summary>
    ClosedUnsolved,

    /// <summary>Replied as done, and the reporter was never contacted. 未联系即办结</summary>
    NoContact,

    /// <summary>Replied in the last hour before it was due. 突击办结</summary>
    LastHour,

    /// <summary>Paused far more often than the department used to. 集中挂起</summary>
    MassSuspension,

    /// <summary>Blows the whistle far more often than all others: work that is its own may be passed on. 吹哨过多</summary>
    WhistleStorm,

    /// <summary>Blows it far less often than all others, who would have called for help several times. 有难不吹哨</summary>
    WhistleSilence,

    /// <summary>Is called and does not come in time. 吹哨不到</summary>
    AbsentParty,
}
