using System.Globalization;
using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.EarlyWarning.Topics;
using CityBrain.EarlyWarning.Warnings;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>
/// Keeps what early warning is told, entry by entry, and from time to time what it knows. What is known follows from the last snapshot and the entries
/// after it, so a crash loses nothing, and the start reads no more than one snapshot's worth of entries. For one writer: a second one is found out by the
/// number of its entry, which is taken already.
/// </summary>
public sealed class WatchJournal(CityTables tables)
{
    private const string Log = "log";
    private const string Snapshot = "snapshot";
    private const string Marker = "core";
    private const int WordShards = 64;

    // Two rows an entry, and a transaction holds 100.
    private const int EntriesOfABatch = 50;

    private readonly TableClient _table = tables.Watch;
    private readonly EditionTable _topics = new(tables.Watch, "topics");
    private readonly EditionTable _words = new(tables.Watch, "words");
    private readonly EditionTable _subjects = new(tables.Watch, "subjects");
    private readonly EditionTable _warnings = new(tables.Watch, "warnings");
    private SortedDictionary<string, float>[] _vocabulary = NoWords();

    /// <summary>What there is one of, as of the last snapshot.</summary>
    public async Task<CityWatchCore> CoreAsync(CancellationToken cancellationToken) => await _table.FindAsync<CityWatchCore>(Snapshot, Marker, cancellationToken) ?? new CityWatchCore();

    /// <summary>Reads the last snapshot, and the entries after it.</summary>
    public async Task<(CityWatchState Known, IReadOnlyList<WatchEntry> Since)> LoadAsync(CancellationToken cancellationToken)
    {
        var core = await CoreAsync(cancellationToken);
        var topics = await _topics.LoadAsync<TopicRecord>(core.Entries, cancellationToken);
        _vocabulary = NoWords();
        foreach (var shard in await _words.LoadAsync<IReadOnlyList<TopicWord>>(core.Entries, cancellationToken))
        {
            foreach (var (word, texts) in shard)
            {
                _vocabulary[ShardOf(word)][word] = texts;
            }
        }

        var known = new CityWatchState(
            core,
            new TopicStreamState(topics.ToDictionary(topic => topic.Id), _vocabulary.SelectMany(shard => shard).ToDictionary(StringComparer.Ordinal), core.TopicCounters),
            await _subjects.LoadAsync<WatchSubjectState>(core.Entries, cancellationToken),
            await _warnings.LoadAsync<Warning>(core.Entries, cancellationToken));
        return (known, await EntriesAfterAsync(core.Entries, cancellationToken));
    }

    /// <summary>The kept entries after so many, in their order.</summary>
    public async Task<IReadOnlyList<WatchEntry>> EntriesAfterAsync(long taken, CancellationToken cancellationToken)
    {
        var (from, end) = (EntryRow(taken + 1), "e}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Log} and RowKey ge {from} and RowKey lt {end}");
        return await _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(StoredJson.Read<WatchEntry>).ToListAsync(cancellationToken);
    }

    /// <summary>Keeps entries that are new, in their order; returns those.</summary>
    /// <param name="entries">What was told.</param>
    /// <param name="taken">Entries that were kept before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WatchJournalException">Somebody else has kept an entry meanwhile: read again.</exception>
    public async Task<IReadOnlyList<WatchEntry>> AppendAsync(IEnumerable<WatchEntry> entries, long taken, CancellationToken cancellationToken)
    {
        var kept = new List<WatchEntry>();
        foreach (var chunk in entries.DistinctBy(entry => entry.Key, StringComparer.Ordinal).Chunk(EntriesOfABatch))
        {
            var fresh = chunk.ToList();
            while (fresh.Count > 0 && await TryAppendAsync(fresh, taken + kept.Count, cancellationToken) is { } failed)
            {
                fresh.RemoveAt(failed);
            }

            kept.AddRange(fresh);
        }

        return kept;
    }

    /// <summary>Keeps what is known after an entry.</summary>
    public async Task KeepAsync(CityWatchCore core, CityWatchChanges changes, CancellationToken cancellationToken)
    {
        var edition = core.Entries;
        await _topics.WriteAsync(changes.Topics.Topics.Select(topic => (topic.Id.ToString("D10", CultureInfo.InvariantCulture), (TopicRecord?)topic)), edition, cancellationToken);
        await _words.WriteAsync<IReadOnlyList<TopicWord>>(Changed(changes.Topics).Select(shard => (shard.ToString("D2", CultureInfo.InvariantCulture), (IReadOnlyList<TopicWord>?)WordsOf(shard))), edition, cancellationToken);
        await _subjects.WriteAsync(changes.Subjects.Select(subject => (subject.Name, (WatchSubjectState?)subject)).Concat(changes.Dropped.Select(name => (name, default(WatchSubjectState)))), edition, cancellationToken);
        await _warnings.WriteAsync(changes.Warnings.Select(warning => (warning.Id, (Warning?)warning)).Concat(changes.Settled.Select(id => (id, default(Warning)))), edition, cancellationToken);

        // From here on the new edition is the one that counts.
        await _table.UpsertEntityAsync(StoredJson.Write(new TableEntity(Snapshot, Marker), core with { TopicCounters = changes.Topics.Counters }), TableUpdateMode.Replace, cancellationToken);
        foreach (var part in new[] { _topics, _words, _subjects, _warnings })
        {
            await part.SettleAsync(edition, cancellationToken);
        }
    }

    /// <summary>Deletes old entries that are part of a snapshot; returns how many that were, at most <paramref name="most"/>.</summary>
    public async Task<int> PruneAsync(DateTimeOffset before, long snapshot, int most, CancellationToken cancellationToken)
    {
        var end = EntryRow(snapshot + 1);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Log} and RowKey ge {"e|"} and RowKey lt {end}");
        var old = await _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)
            .Take(most).Select(row => (row.RowKey, Entry: StoredJson.Read<WatchEntry>(row))).TakeWhile(row => row.Entry.At < before).ToListAsync(cancellationToken);
        foreach (var batch in old.Chunk(EntriesOfABatch))
        {
            await _table.SubmitTransactionAsync(
                batch.SelectMany(row => new[] { row.RowKey, KeyRow(row.Entry) }).Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(Log, row) { ETag = Azure.ETag.All })),
                cancellationToken);
        }

        return old.Count;
    }

    /// <summary>Null when all were kept; else which of them is there already.</summary>
    private async Task<int?> TryAppendAsync(List<WatchEntry> entries, long taken, CancellationToken cancellationToken)
    {
        var actions = entries.SelectMany((entry, index) => new[]
        {
            new TableTransactionAction(TableTransactionActionType.Add, StoredJson.Write(new TableEntity(Log, EntryRow(taken + index + 1)), entry)),
            new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(Log, KeyRow(entry))),
        }).ToList();
        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return null;
        }
        catch (TableTransactionFailedException known) when (known is { Status: 409, FailedTransactionActionIndex: { } action })
        {
            return action % 2 == 1 ? action / 2 : throw new WatchJournalException($"Entry {taken + (action / 2) + 1} of early warning was kept by another writer.", known);
        }
    }

    /// <summary>Takes changed words; returns the shards that hold them.</summary>
    private SortedSet<int> Changed(TopicChanges changes)
    {
        _vocabulary = changes.IsWholeVocabulary ? NoWords() : _vocabulary;
        var shards = changes.IsWholeVocabulary ? new SortedSet<int>(Enumerable.Range(0, WordShards)) : [];
        foreach (var (word, texts) in changes.Words)
        {
            var shard = ShardOf(word);
            shards.Add(shard);
            if (texts == 0)
            {
                _vocabulary[shard].Remove(word);
            }
            else
            {
                _vocabulary[shard][word] = texts;
            }
        }

        return shards;
    }

    private List<TopicWord> WordsOf(int shard) => [.. _vocabulary[shard].Select(word => new TopicWord(word.Key, word.Value))];

    private static SortedDictionary<string, float>[] NoWords() => [.. Enumerable.Range(0, WordShards).Select(_ => new SortedDictionary<string, float>(StringComparer.Ordinal))];

    // By the last character, which is as good as any and the same in every process.
    private static int ShardOf(string word) => word[^1] % WordShards;

    private static string EntryRow(long number) => string.Create(CultureInfo.InvariantCulture, $"e|{number:D12}");

    private static string KeyRow(WatchEntry entry) => "k|" + entry.Key;
}

/// <summary>Somebody else writes the journal of early warning.</summary>
public sealed class WatchJournalException(string message, Exception inner) : Exception(message, inner);
