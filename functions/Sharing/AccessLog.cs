using System.Globalization;
using CityBrain.Cases;
using CityBrain.Language;

namespace CityBrain.Sharing;

/// <summary>One request for the sealed record of a case, answered or refused.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who asked, by the name of the caller.</param>
/// <param name="Reason">Why, redacted; null when none was given.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record AccessEntry(DateTimeOffset At, string By, string? Reason, AccessOutcome Outcome);

/// <summary>What came of a request for a sealed record.</summary>
public enum AccessOutcome
{
    /// <summary>It was shown.</summary>
    Shown,

    /// <summary>There is no sealed record of the case.</summary>
    NothingSealed,

    /// <summary>The caller may not see it, or gave no good reason.</summary>
    Refused,
}

/// <summary>Who asked for sealed records, and why. Rows are added and never changed.</summary>
public sealed class AccessLog(CityTables tables, TimeProvider clock)
{
    /// <summary>Writes that somebody asked. It must be on disk before anything is shown.</summary>
    public async Task AddAsync(string caseId, Caller caller, string? reason, AccessOutcome outcome, CancellationToken cancellationToken)
    {
        var words = reason is null ? null : Redactor.Redact(reason.Length > CaseCommand.LongestWords ? reason[..CaseCommand.LongestWords] : reason);
        var entry = new AccessEntry(clock.GetUtcNow(), caller.Name, words, outcome);
        for (var turn = 0; !await tables.AccessLog.TryAddAsync(caseId, RowOf(entry.At, turn), entry, cancellationToken); turn++)
        {
            // Another asked at the same instant.
        }
    }

    /// <summary>Everybody who asked for the record of a case, oldest first.</summary>
    public async Task<IReadOnlyList<AccessEntry>> OfAsync(string caseId, CancellationToken cancellationToken) =>
        await tables.AccessLog.ListAsync<AccessEntry>(caseId, cancellationToken).ToListAsync(cancellationToken);

    private static string RowOf(DateTimeOffset at, int turn) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:D19}|{turn:D4}");
}
