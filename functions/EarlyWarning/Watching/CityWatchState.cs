using CityBrain.EarlyWarning.Topics;
using CityBrain.EarlyWarning.Warnings;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>All that early warning knows, as it was kept.</summary>
/// <param name="Core">What there is one of.</param>
/// <param name="Topics">The topics.</param>
/// <param name="Subjects">What is watched.</param>
/// <param name="Warnings">Warnings that may still change.</param>
public sealed record CityWatchState(CityWatchCore Core, TopicStreamState Topics, IReadOnlyCollection<WatchSubjectState> Subjects, IReadOnlyCollection<Warning> Warnings)
{
    /// <summary>Before the first entry.</summary>
    public static CityWatchState Empty { get; } = new(new CityWatchCore(), TopicStreamState.Empty, [], []);
}

/// <summary>What there is one of.</summary>
public sealed record CityWatchCore
{
    /// <summary>Entries taken.</summary>
    public long Entries { get; init; }

    /// <summary>The latest time of an entry.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The local day up to which everything that is watched was brought last.</summary>
    public DateOnly AdvancedTo { get; init; }

    /// <summary>Counters of the topics.</summary>
    public TopicCounters TopicCounters { get; init; } = new();

    /// <summary>What topics have in common.</summary>
    public WatchFamilyState? Topics { get; init; }

    /// <summary>What categories have in common.</summary>
    public WatchFamilyState? Categories { get; init; }

    /// <summary>What the latest warnings were found to be.</summary>
    public IReadOnlyList<RulingNews> Rulings { get; init; } = [];

    /// <summary>What follows what.</summary>
    public AssociationsState Associations { get; init; } = new();
}

/// <summary>What changed since it was asked last. Whoever keeps all changes one after the other can go on exactly.</summary>
/// <param name="Topics">Topics and words.</param>
/// <param name="Subjects">What is watched, as it is now.</param>
/// <param name="Dropped">What is watched no more, by name.</param>
/// <param name="Warnings">Warnings as they are now.</param>
/// <param name="Settled">Warnings that change no more, by id.</param>
public sealed record CityWatchChanges(TopicChanges Topics, IReadOnlyList<WatchSubjectState> Subjects, IReadOnlyList<string> Dropped, IReadOnlyList<Warning> Warnings, IReadOnlyList<string> Settled)
{
    /// <summary>These changes, and later ones after them.</summary>
    public CityWatchChanges Then(CityWatchChanges later) => new(
        new TopicChanges(
            Newest(Topics.Topics, later.Topics.Topics, topic => topic.Id),
            later.Topics.IsWholeVocabulary ? later.Topics.Words : Newest(Topics.Words, later.Topics.Words, word => word.Word),
            Topics.IsWholeVocabulary || later.Topics.IsWholeVocabulary,
            later.Topics.Counters),
        [.. Newest(Subjects, later.Subjects, subject => subject.Name).Where(subject => !later.Dropped.Contains(subject.Name))],
        [.. Dropped.Except(later.Subjects.Select(subject => subject.Name), StringComparer.Ordinal).Union(later.Dropped, StringComparer.Ordinal)],
        [.. Newest(Warnings, later.Warnings, warning => warning.Id).Where(warning => !later.Settled.Contains(warning.Id))],
        [.. Settled.Union(later.Settled, StringComparer.Ordinal)]);

    private static List<T> Newest<T, TKey>(IReadOnlyList<T> earlier, IReadOnlyList<T> later, Func<T, TKey> keyOf)
        where TKey : notnull
    {
        var newest = earlier.ToDictionary(keyOf);
        foreach (var one in later)
        {
            newest[keyOf(one)] = one;
        }

        return [.. newest.Values];
    }
}
