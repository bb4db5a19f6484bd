namespace CityBrain.Supervision;

/// <summary>
/// Flags of the whistle 吹哨, watched both ways: a department or street that blows it far more, or far less, than all others in the city; and parties
/// that are called and do not come. Pure.
/// </summary>
public static class WhistleFlags
{
    /// <summary>A silence says something only when others would have blown this often.</summary>
    private const int FewestExpected = 3;

    /// <summary>The flags of a part of the city.</summary>
    /// <param name="month">The facts of the whole city: by those of others a unit is measured.</param>
    /// <param name="isPart">Whether a fact lies in the part; one of an absence is asked with the party as its department.</param>
    /// <param name="options">Thresholds.</param>
    public static IReadOnlyList<GamingFlag> Of(IReadOnlyCollection<CaseFact> month, Func<CaseFact, bool> isPart, SupervisionOptions options)
    {
        // Of a street its whole is looked at, or nothing.
        var departments = RatesOf(month, fact => fact.Department, isPart, options);
        var streets = RatesOf(month, fact => fact.StreetId, _ => true, options).Where(flag => month.Where(fact => fact.StreetId == flag.Department).All(isPart))
            .Select(flag => flag with { Department = null, StreetId = flag.Department });
        var absences = month.SelectMany(fact => CalledIn(fact).Select(party => fact with { Department = party })).Where(isPart)
            .GroupBy(fact => fact.Department!, StringComparer.Ordinal).OrderBy(party => party.Key, StringComparer.Ordinal)
            .Select(party => GamingFlag.Find(FlagKind.AbsentParty, party.Key, [.. party], fact => IsAbsent(fact, party.Key), GamingFlag.Percent(options.AbsentPercent), null, options))
            .OfType<GamingFlag>();
        return [.. departments, .. streets, .. absences];
    }

    private static IEnumerable<GamingFlag> RatesOf(IReadOnlyCollection<CaseFact> month, Func<CaseFact, string?> unitOf, Func<CaseFact, bool> isPart, SupervisionOptions options)
    {
        var (all, blown) = (month.Count, month.Count(IsWhistled));
        foreach (var unit in month.Where(fact => unitOf(fact) is not null).GroupBy(fact => unitOf(fact)!, StringComparer.Ordinal).OrderBy(unit => unit.Key, StringComparer.Ordinal))
        {
            var own = unit.Where(isPart).ToList();
            var others = all - unit.Count();
            if (own.Count < options.MinimumAnswers || others < options.MinimumAnswers)
            {
                continue;
            }

            var habit = decimal.Round((blown - unit.Count(IsWhistled)) / (decimal)others, 4);
            var storm = GamingFlag.Find(FlagKind.WhistleStorm, unit.Key, own, IsWhistled, Math.Max(habit * options.WhistleFactor, GamingFlag.Percent(options.WhistlePercent)), habit, options);
            if ((storm ?? Silence(unit.Key, own, habit, options)) is { } flag)
            {
                yield return flag;
            }
        }
    }

    private static GamingFlag? Silence(string unit, List<CaseFact> own, decimal habit, SupervisionOptions options)
    {
        var threshold = decimal.Round(habit / options.WhistleFactor, 4);
        var share = decimal.Round(own.Count(IsWhistled) / (decimal)own.Count, 4);
        return share <= threshold && habit * own.Count >= FewestExpected
            ? new(FlagKind.WhistleSilence, unit, own.Count(IsWhistled), own.Count, share, threshold, habit, [])
            : null;
    }

    private static IEnumerable<string> CalledIn(CaseFact fact) =>
        fact.Steps.Where(step => step.Kind is FactKind.Whistled or FactKind.PartyAbsent).SelectMany(step => step.Parties ?? []).Distinct(StringComparer.Ordinal);

    private static bool IsWhistled(CaseFact fact) => fact.Steps.Any(step => step.Kind is FactKind.Whistled);

    private static bool IsAbsent(CaseFact fact, string party) => fact.Steps.Any(step => step.Kind is FactKind.PartyAbsent && step.Parties?.Contains(party, StringComparer.Ordinal) is true);
}
