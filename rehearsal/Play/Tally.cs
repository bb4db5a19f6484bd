using System.Collections.Concurrent;

namespace CityBrain.Rehearsal.Play;

/// <summary>Counts by name. Safe for concurrent use.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>All counts, largest first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> All => [.. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];

    /// <summary>The sum.</summary>
    public int Total => _counts.Values.Sum();

    /// <summary>One count.</summary>
    public int this[string name] => _counts.GetValueOrDefault(name);

    /// <summary>Counts one more.</summary>
    public void Add(string name) => _counts.AddOrUpdate(name, 1, (_, count) => count + 1);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", All.Select(pair => $"{pair.Key} {pair.Value}"));
}
