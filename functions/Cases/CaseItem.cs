namespace CityBrain.Cases;

/// <summary>One item of a matter that needs several departments 一件事. While it is open it is a case of its own; the parent gives the one answer.</summary>
/// <param name="Key">Its name within the parent.</param>
/// <param name="CategoryCode">The catalogue item that says who does it, and how fast.</param>
/// <param name="Task">What is asked of that department, redacted.</param>
/// <param name="After">The items that must be settled before it begins.</param>
public sealed record CaseItem(string Key, string CategoryCode, string Task, IReadOnlyList<string> After)
{
    /// <summary>Where it stands.</summary>
    public ItemStanding Standing { get; init; }

    /// <summary>Who answered it.</summary>
    public string? Department { get; init; }

    /// <summary>What was answered, redacted.</summary>
    public string? Answer { get; init; }

    /// <summary>The version of the parent by which it was last sent back; 0 when it never was.</summary>
    public int RedoneBy { get; init; }

    /// <summary>True when nobody works on it any more.</summary>
    public bool IsSettled => Standing is ItemStanding.Done or ItemStanding.Dropped;

    /// <summary>The case of an item: the same parent and key always give the same id.</summary>
    public static string CaseIdOf(string parent, string key) => CaseKeys.CaseId("item", $"{parent}/{key}");

    /// <summary>The same items, with those begun whose turn has come.</summary>
    public static IReadOnlyList<CaseItem> Begun(IReadOnlyList<CaseItem> items) =>
    [
        .. items.Select(item => item.Standing is ItemStanding.Waiting && item.After.All(before => items.Any(other => other.Key == before && other.IsSettled))
            ? item with { Standing = ItemStanding.Open }
            : item),
    ];
}

/// <summary>Where an item stands.</summary>
public enum ItemStanding
{
    /// <summary>Others come first.</summary>
    Waiting,

    /// <summary>A department has it.</summary>
    Open,

    /// <summary>Answered.</summary>
    Done,

    /// <summary>Its case ended without an answer.</summary>
    Dropped,
}

/// <summary>Of which matter a case is an item.</summary>
/// <param name="CaseId">The parent.</param>
/// <param name="Key">The item's name within it.</param>
/// <param name="CategoryCode">The catalogue item.</param>
/// <param name="AreaId">Where the parent is, as far as that is known.</param>
public sealed record ParentItem(string CaseId, string Key, string CategoryCode, string? AreaId);
