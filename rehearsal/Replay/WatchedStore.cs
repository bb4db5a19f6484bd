using Azure;
using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.EarlyWarning;
using CityBrain.EarlyWarning.Topics;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.EarlyWarning.Watching;

namespace CityBrain.Rehearsal.Replay;

/// <summary>What early warning took, and how it differs from an uninterrupted run.</summary>
/// <param name="Cases">Cases that it took.</param>
/// <param name="Entries">All that it was told.</param>
/// <param name="Snapshot">Entries that its last snapshot holds.</param>
/// <param name="Topics">Topics that it began.</param>
/// <param name="Warnings">Warnings that it raised.</param>
/// <param name="Differences">What is not as it should be, each a sentence; none when all is equal.</param>
internal sealed record WatchFinding(int Cases, int Entries, long Snapshot, int Topics, int Warnings, IReadOnlyList<string> Differences);

/// <summary>The store of an app in another process, as far as early warning is concerned.</summary>
internal sealed class WatchedStore
{
    private readonly WatchJournal _journal;
    private readonly CityTables _tables;
    private readonly WarningStore _warnings;

    private WatchedStore(string connection)
    {
        _tables = new CityTables(new TableServiceClient(connection));
        (_journal, _warnings) = (new(_tables), new(_tables));
    }

    /// <summary>The tables of a connection string.</summary>
    public static WatchedStore Open(string connection) => new(connection);

    /// <summary>Cases that early warning has taken and shown in its topics.</summary>
    public async Task<int> ShownAsync(CancellationToken cancellationToken) =>
        await Topics(["State", "Members"], cancellationToken).Where(row => row.GetString("State") != nameof(TopicState.Merged)).Select(row => row.GetInt32("Members") ?? 0).SumAsync(cancellationToken);

    /// <summary>Lets a machine that nothing interrupts take all entries in their order, and compares what it knows with what the app stored. The app must have ended.</summary>
    /// <param name="city">The city of the app.</param>
    /// <param name="options">The settings of the app.</param>
    /// <param name="caseIds">Cases that early warning must have taken, each once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WatchFinding> CompareAsync(CityModel city, EarlyWarningOptions options, IEnumerable<string> caseIds, CancellationToken cancellationToken)
    {
        var entries = await _journal.EntriesAfterAsync(0, cancellationToken);
        var core = await _journal.CoreAsync(cancellationToken);
        var stored = await Topics(null, cancellationToken).Select(StoredJson.Read<TopicView>).ToListAsync(cancellationToken);
        var raised = (await _warnings.ListAsync(int.MaxValue, cancellationToken)).Select(warning => warning.Warning).ToList();

        var watch = new CityWatch(city, new WatchGround(city.Areas, options.Level), options);
        var (views, warnings) = (new Dictionary<int, TopicView>(), new Dictionary<string, Warning>(StringComparer.Ordinal));
        CityWatchCore? known = null;
        foreach (var entry in entries)
        {
            foreach (var warning in watch.Take(entry))
            {
                warnings[warning.Id] = warning;
            }

            var changes = watch.TakeChanges().Topics;
            foreach (var view in changes.Topics.Select(watch.ViewOf))
            {
                views[view.Id] = view;
            }

            known = watch.Entries == core.Entries ? watch.Core() with { TopicCounters = changes.Counters } : known;
        }

        List<string> differences =
        [
            .. OnceEach(caseIds, entries.Select(entry => entry.Case?.CaseId).OfType<string>()),
            .. Different("Topic", views.Values.ToDictionary(view => $"{view.Id}", TextOf), stored.ToDictionary(view => $"{view.Id}", TextOf)),
            .. Different("Warning", warnings.ToDictionary(pair => pair.Key, pair => CityJson.Write(pair.Value)), raised.ToDictionary(warning => warning.Id, CityJson.Write)),
        ];
        if (core.Entries > 0)
        {
            differences.AddRange(Different("Snapshot", new() { [$"{core.Entries}"] = known is null ? "" : CityJson.Write(known) }, new() { [$"{core.Entries}"] = CityJson.Write(core) }));
        }

        return new(entries.Count(entry => entry.Case is not null), entries.Count, core.Entries, stored.Count, raised.Count, differences);
    }

    private AsyncPageable<TableEntity> Topics(string[]? columns, CancellationToken cancellationToken) => _tables.Topics.QueryAsync<TableEntity>(select: columns, cancellationToken: cancellationToken);

    private static IEnumerable<string> OnceEach(IEnumerable<string> expected, IEnumerable<string> taken)
    {
        var times = taken.CountBy(id => id, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return expected.Where(id => times.GetValueOrDefault(id) != 1).Select(id => $"Case {id} was taken {times.GetValueOrDefault(id)} times.");
    }

    private static IEnumerable<string> Different(string what, Dictionary<string, string> expected, Dictionary<string, string> stored) =>
        expected.Keys.Union(stored.Keys).Where(key => expected.GetValueOrDefault(key) != stored.GetValueOrDefault(key))
            .Select(key => $"{what} {key} is {stored.GetValueOrDefault(key) ?? "not there"} and should be {expected.GetValueOrDefault(key) ?? "none"}.");

    /// <summary>A topic with its areas in one order: how many there are counts, not which came first.</summary>
    private static string TextOf(TopicView view) => CityJson.Write(view with { Areas = new SortedDictionary<string, int>(view.Areas.ToDictionary(), StringComparer.Ordinal) });
}
