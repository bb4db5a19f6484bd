namespace CityBrain.City;

/// <summary>The order in which items of one matter follow each other. Pure.</summary>
public static class ItemOrder
{
    /// <summary>Most items of one matter.</summary>
    public const int Most = 10;

    private const int LongestKey = 20;

    /// <summary>What is wrong with a list of items and what each comes after, as sentences that say what to do; none when it can be worked through.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyList<(string Key, IReadOnlyList<string> After)> items)
    {
        if (items.Count is < 2 or > Most)
        {
            return [$"There are {items.Count} items; give 2 to {Most}."];
        }

        var keys = items.Select(item => item.Key).ToList();
        var faults = keys.Where(key => !IsKey(key)).Select(key => $"'{key}' cannot be a key; write 1 to {LongestKey} lower-case letters, digits and hyphens.")
            .Concat(keys.CountBy(key => key, StringComparer.Ordinal).Where(count => count.Value > 1).Select(count => $"Two items have the key '{count.Key}'; give each its own."))
            .Concat(items.SelectMany(item => item.After.Where(before => !keys.Contains(before)).Select(before => $"'{item.Key}' comes after '{before}', which is no item; name items of the list.")))
            .ToList();
        return faults.Count > 0 ? faults : EndlessOf(items) is { Count: > 0 } endless ? [$"{string.Join(", ", endless)} wait for each other; take one 'after' away."] : [];
    }

    /// <summary>Those that never get their turn.</summary>
    private static List<string> EndlessOf(IReadOnlyList<(string Key, IReadOnlyList<string> After)> items)
    {
        var left = items.ToList();
        while (left.RemoveAll(item => !item.After.Any(before => left.Any(other => other.Key == before))) > 0)
        {
            // Each round takes those whose turn has come.
        }

        return [.. left.Select(item => item.Key)];
    }

    private static bool IsKey(string? key) => key is { Length: > 0 and <= LongestKey } && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
