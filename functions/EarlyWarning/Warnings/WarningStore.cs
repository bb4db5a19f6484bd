using System.Globalization;
using CityBrain.Cases;

namespace CityBrain.EarlyWarning.Warnings;

/// <summary>A warning with what people decided about it.</summary>
/// <param name="Warning">What was seen.</param>
/// <param name="CaseId">The case that it opened; null when it opened none.</param>
/// <param name="Ruling">What people decided; null while they have not.</param>
public sealed record KeptWarning(Warning Warning, string? CaseId, WarningRuling? Ruling);

/// <summary>What was seen, as it is kept.</summary>
public sealed record PublishedWarning(Warning Warning, string? CaseId);

/// <summary>
/// Warnings, newest first, and the rulings about them: two rows, as the city writes the one and people write the other. Safe for concurrent use, except
/// that one writer publishes.
/// </summary>
public sealed class WarningStore(CityTables tables)
{
    private const string Seen = "seen";
    private const string Ruled = "ruled";
    private const int LongestId = 100;
    private const long Greatest = 999_999_999_999;

    /// <summary>The warning as it was published last; null when it never was.</summary>
    public Task<PublishedWarning?> FindSeenAsync(string id, CancellationToken cancellationToken) => tables.Warnings.FindAsync<PublishedWarning>(Seen, RowOf(id), cancellationToken);

    /// <summary>Publishes a warning as it is now.</summary>
    public Task PublishAsync(PublishedWarning warning, CancellationToken cancellationToken) =>
        tables.Warnings.ChangeAsync<PublishedWarning>(Seen, RowOf(warning.Warning.Id), _ => warning, cancellationToken);

    /// <summary>A warning; null when there is none.</summary>
    public async Task<KeptWarning?> FindAsync(string id, CancellationToken cancellationToken) => TryRowOf(id) is not null && await FindSeenAsync(id, cancellationToken) is { } seen
        ? new(seen.Warning, seen.CaseId, await tables.Warnings.FindAsync<WarningRuling>(Ruled, RowOf(id), cancellationToken))
        : null;

    /// <summary>The newest warnings.</summary>
    public async Task<IReadOnlyList<KeptWarning>> ListAsync(int most, CancellationToken cancellationToken)
    {
        var seen = await tables.Warnings.ListAsync<PublishedWarning>(Seen, cancellationToken).Take(most).ToListAsync(cancellationToken);
        var rulings = seen.Count == 0 ? [] : await tables.Warnings.ListAsync<WarningRuling>(Ruled, cancellationToken).Take(most).ToDictionaryAsync(ruling => ruling.WarningId, StringComparer.Ordinal, cancellationToken);
        return [.. seen.Select(one => new KeptWarning(one.Warning, one.CaseId, rulings.GetValueOrDefault(one.Warning.Id)))];
    }

    /// <summary>Changes what people decided; the same again changes nothing.</summary>
    public async Task<WarningRuling> RuleAsync(string id, Func<WarningRuling?, WarningRuling> change, CancellationToken cancellationToken) => (await tables.Warnings.ChangeAsync<WarningRuling>(
        Ruled,
        RowOf(id),
        before => change(before) is var after && before is not null && after with { At = before.At, By = before.By } == before ? before : after,
        cancellationToken))!;

    /// <summary>Newer warnings have greater numbers; their rows come first. Null when that is no id of a warning.</summary>
    private static string? TryRowOf(string id) =>
        id.Length <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && long.TryParse(id.AsSpan(id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? $"{Greatest - number:D12}|{id}"
            : null;

    private static string RowOf(string id) => TryRowOf(id) ?? throw new ArgumentException($"'{id}' is no id of a warning.", nameof(id));
}
