using CityBrain.City;

namespace CityBrain.Supervision;

/// <summary>When a problem recurs, and whether it still does after measures were taken 每月一题. Pure.</summary>
public static class Recurrence
{
    /// <summary>Days that are looked back for a recurrent problem, and the longer of the two tests.</summary>
    public const int Days = 90;

    /// <summary>The first test comes after so many days.</summary>
    public const int FirstTestDays = 30;

    /// <summary>Matters of one category in one street that were filed at least so often in the 90 days before an instant.</summary>
    /// <param name="facts">Facts of those days; a case may occur in several months.</param>
    /// <param name="now">The instant.</param>
    /// <param name="least">Fewest cases.</param>
    public static IEnumerable<RecurrentProblem> Find(IEnumerable<CaseFact> facts, DateTimeOffset now, int least) => facts
        .Where(fact => fact is { StreetId: not null, CategoryCode: not (null or Catalogue.OtherCode) } && fact.FiledAt <= now && fact.FiledAt > now.AddDays(-Days))
        .GroupBy(fact => (fact.CategoryCode, fact.StreetId))
        .Select(matter => (matter.Key, Cases: matter.DistinctBy(fact => fact.CaseId).OrderBy(fact => fact.FiledAt).ToList()))
        .Where(matter => matter.Cases.Count >= least)
        .Select(matter => new RecurrentProblem(
            matter.Key.CategoryCode!,
            matter.Key.StreetId!,
            matter.Cases.GroupBy(fact => fact.Department, StringComparer.Ordinal).MaxBy(department => department.Count())!.Key,
            now,
            matter.Cases.Count,
            [.. matter.Cases.Select(fact => fact.CaseId).TakeLast(RecurrentProblem.MostCases)],
            []));

    /// <summary>
    /// Whether the problem came back within some days after measures. It failed as soon as cases come again at the pace that makes a problem
    /// recurrent; it passed when the days are over without that.
    /// </summary>
    /// <param name="measuresAt">When measures were taken.</param>
    /// <param name="filed">When cases of the matter were filed; those before the measures do not count.</param>
    /// <param name="now">The instant of the test.</param>
    /// <param name="days">Length of the test, 30 or 90 days.</param>
    /// <param name="least">Cases in 90 days that make a problem recurrent.</param>
    public static RecurrenceTest Test(DateTimeOffset measuresAt, IEnumerable<DateTimeOffset> filed, DateTimeOffset now, int days, int least)
    {
        var end = measuresAt.AddDays(days);
        var again = filed.Count(at => at > measuresAt && at <= end && at <= now);
        var tolerated = (int)Math.Ceiling(least * days / (double)Days) - 1;
        return new(days, again, tolerated, again > tolerated ? RecurrenceVerdict.Failed : now < end ? RecurrenceVerdict.Pending : RecurrenceVerdict.Passed);
    }
}

/// <summary>A recurrence test.</summary>
/// <param name="Days">Length, from the measures on.</param>
/// <param name="Again">Cases filed since.</param>
/// <param name="Tolerated">Most cases with which it passes.</param>
/// <param name="Verdict">How it went.</param>
public sealed record RecurrenceTest(int Days, int Again, int Tolerated, RecurrenceVerdict Verdict);

/// <summary>How a recurrence test went.</summary>
public enum RecurrenceVerdict
{
    /// <summary>Its days are not over.</summary>
    Pending,

    /// <summary>The problem did not come back.</summary>
    Passed,

    /// <summary>It came back.</summary>
    Failed,
}
