namespace CityBrain.Supervision;

/// <summary>A matter of one category that recurs in one street: an entry of the register 每月一题.</summary>
/// <param name="CategoryCode">Catalogue item.</param>
/// <param name="StreetId">Street-level area.</param>
/// <param name="Department">Who had most of its cases.</param>
/// <param name="FoundAt">When it was entered.</param>
/// <param name="Count">Cases in the 90 days before it was last looked at.</param>
/// <param name="Cases">The newest of them, at most <see cref="MostCases"/>.</param>
/// <param name="Reviews">What was found out and done, oldest first.</param>
/// <param name="Tests">The tests since the last measures.</param>
public sealed record RecurrentProblem(
    string CategoryCode,
    string StreetId,
    string? Department,
    DateTimeOffset FoundAt,
    int Count,
    IReadOnlyList<string> Cases,
    IReadOnlyList<ProblemReview> Reviews,
    IReadOnlyList<RecurrenceTest>? Tests = null)
{
    /// <summary>Most cases that are named.</summary>
    public const int MostCases = 50;

    /// <summary>When measures were last taken; null when there are none.</summary>
    public DateTimeOffset? MeasuresAt => Reviews.LastOrDefault(review => review.MeasuresAt is not null)?.MeasuresAt;

    /// <summary>The entry with what was seen of the matter now; the very same one when nothing is new.</summary>
    /// <param name="found">The matter as it is now; null when it recurs no more.</param>
    /// <param name="filed">When its cases were filed.</param>
    /// <param name="now">The instant.</param>
    /// <param name="least">Cases in 90 days that make a problem recurrent.</param>
    public RecurrentProblem SeenAgain(RecurrentProblem? found, IReadOnlyCollection<DateTimeOffset> filed, DateTimeOffset now, int least)
    {
        var tests = MeasuresAt is { } since ? TestsOf(since, filed, now, least) : null;
        var (count, cases, department) = found is null ? (Count, Cases, Department) : (found.Count, found.Cases, found.Department);
        return count == Count && department == Department && cases.SequenceEqual(Cases) && (tests ?? []).SequenceEqual(Tests ?? [])
            ? this
            : this with { Count = count, Cases = cases, Department = department, Tests = tests };
    }

    // What was decided stays: facts of long ago are no longer read.
    private List<RecurrenceTest> TestsOf(DateTimeOffset since, IReadOnlyCollection<DateTimeOffset> filed, DateTimeOffset now, int least) =>
    [
        .. new[] { Recurrence.FirstTestDays, Recurrence.Days }.Select(days =>
            Tests?.FirstOrDefault(test => test.Days == days && test.Verdict is not RecurrenceVerdict.Pending) ?? Recurrence.Test(since, filed, now, days, least)),
    ];
}

/// <summary>A review of a recurrent problem 循因问果.</summary>
/// <param name="Note">The cause, and what is done about it; redacted.</param>
/// <param name="MeasuresAt">When measures were taken; null when none were yet.</param>
/// <param name="By">Who says so.</param>
/// <param name="At">When it was said.</param>
public sealed record ProblemReview(string Note, DateTimeOffset? MeasuresAt, string By, DateTimeOffset At);
