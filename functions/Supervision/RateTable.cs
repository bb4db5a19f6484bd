namespace CityBrain.Supervision;

/// <summary>The three rates 三率 of a month: response 响应率, resolution 解决率, satisfaction 满意率, for all cases and for each unit. Pure.</summary>
/// <param name="All">All cases together; never ranked.</param>
/// <param name="Lines">Each unit, ranked ones first and best first, then by id.</param>
public sealed record RateTable(RateLine All, IReadOnlyList<RateLine> Lines)
{
    /// <summary>The table of some cases.</summary>
    public static RateTable Of(IReadOnlyCollection<RatedCase> cases, RateDimension by, RateRules rules)
    {
        var lines = cases.Where(one => one.UnitOf(by) is not null)
            .GroupBy(one => one.UnitOf(by)!, StringComparer.Ordinal)
            .Select(unit => RateLine.Of(unit.Key, unit, rules))
            .ToList();
        return new(RateLine.Of("all", cases, rules), [.. Ranked(lines)]);
    }

    /// <summary>
    /// The lines of a part of the city as they stand in the whole: a line has its rank where the part holds all of its cases, else none.
    /// </summary>
    /// <param name="part">The table of the part.</param>
    /// <param name="whole">The table of the city.</param>
    public static RateTable Within(RateTable part, RateTable whole)
    {
        var ranks = whole.Lines.Where(line => line.Rank is not null).ToDictionary(line => line.Id, StringComparer.Ordinal);
        return part with
        {
            Lines = [.. part.Lines.Select(line => line with { Rank = ranks.GetValueOrDefault(line.Id) is { } city && city.Cases == line.Cases ? city.Rank : null })],
        };
    }

    /// <summary>Equal scores share a rank, and the next rank is skipped: 1, 2, 2, 4.</summary>
    private static IEnumerable<RateLine> Ranked(List<RateLine> lines)
    {
        var scores = lines.Where(line => line.Score is not null).Select(line => line.Score!.Value).OrderDescending().ToList();
        return lines
            .Select(line => line.Score is { } score ? line with { Rank = scores.IndexOf(score) + 1 } : line)
            .OrderBy(line => line.Rank ?? int.MaxValue).ThenBy(line => line.Id, StringComparer.Ordinal);
    }
}

/// <summary>The rates of one unit. Every case of the month is in exactly one of answered, unanswered and excluded.</summary>
/// <param name="Id">Department, street or catalogue item.</param>
/// <param name="Cases">Cases that were called back or closed in the month.</param>
/// <param name="Answered">Those that count and to which the reporter answered: the denominator of each rate.</param>
/// <param name="Response">Contacted, by the reporter's own word.</param>
/// <param name="Resolution">Solved, by the reporter's own word.</param>
/// <param name="Satisfaction">Satisfied, by the reporter's own word.</param>
/// <param name="Unanswered">Closed without any word; in no rate.</param>
/// <param name="Excluded">Left out after review, by reason; in no rate.</param>
/// <param name="ExclusionsAsked">Exclusions that wait for review; those cases still count.</param>
/// <param name="Score">The weighted rates in percent, 0 to 100 with two decimals; null below the least number of answers.</param>
/// <param name="Rank">Place among the units, 1 is best; null when there is no score.</param>
public sealed record RateLine(
    string Id,
    int Cases,
    int Answered,
    Rate Response,
    Rate Resolution,
    Rate Satisfaction,
    int Unanswered,
    IReadOnlyDictionary<ExclusionReason, int> Excluded,
    int ExclusionsAsked,
    decimal? Score,
    int? Rank)
{
    /// <summary>The line of some cases, without a rank.</summary>
    public static RateLine Of(string id, IEnumerable<RatedCase> cases, RateRules rules)
    {
        var all = cases.ToList();
        var answered = all.Where(one => one is { Excluded: null, Outcome: not FactKind.Unanswered }).ToList();
        Rate RateOf(Func<RatedCase, bool> good) => Rate.Of(answered.Count(good), answered.Count, rules.MinimumAnswers);

        var response = RateOf(one => one.Contacted is true);
        var resolution = RateOf(one => one.Outcome is FactKind.Solved);
        var satisfaction = RateOf(one => one.Satisfied is true);
        return new(
            id,
            all.Count,
            answered.Count,
            response,
            resolution,
            satisfaction,
            all.Count(one => one is { Excluded: null, Outcome: FactKind.Unanswered }),
            all.Where(one => one.Excluded is not null).GroupBy(one => one.Excluded!.Value).OrderBy(reason => reason.Key).ToDictionary(reason => reason.Key, reason => reason.Count()),
            all.Count(one => one.ExclusionAsked),
            response.Value is null ? null : ScoreOf(rules, response, resolution, satisfaction),
            null);
    }

    // Of whole numbers, so that equal work has equal scores to the last digit.
    private static decimal ScoreOf(RateRules rules, Rate response, Rate resolution, Rate satisfaction) => decimal.Round(
        ((response.Numerator * rules.ResponseWeight) + (resolution.Numerator * rules.ResolutionWeight) + (satisfaction.Numerator * rules.SatisfactionWeight)) / (decimal)response.Denominator,
        2);
}

/// <summary>A rate with what it is made of.</summary>
/// <param name="Numerator">Cases with that answer.</param>
/// <param name="Denominator">Cases with any answer.</param>
/// <param name="Value">0 to 1 with four decimals; null when there are too few.</param>
public sealed record Rate(int Numerator, int Denominator, decimal? Value)
{
    /// <summary>The rate, or none below a least number.</summary>
    public static Rate Of(int numerator, int denominator, int minimum) =>
        new(numerator, denominator, denominator < Math.Max(1, minimum) ? null : decimal.Round(numerator / (decimal)denominator, 4));
}
