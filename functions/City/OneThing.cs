namespace CityBrain.City;

/// <summary>A matter that needs items of several departments and gets one answer. 一件事</summary>
/// <param name="Code">Stable name of the thing.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Category">The catalogue item whose cases are such a matter; its department leads.</param>
/// <param name="Items">What must be done.</param>
public sealed record OneThing(string Code, LocalizedName Name, string Category, IReadOnlyList<ThingItem> Items);

/// <summary>One item of a thing.</summary>
/// <param name="Key">Its name within the thing.</param>
/// <param name="Category">The catalogue item that says who does it, and how fast.</param>
/// <param name="Task">What is asked of that department.</param>
/// <param name="After">The items that must be settled before; none: it begins at once.</param>
public sealed record ThingItem(string Key, string Category, LocalizedName Task, IReadOnlyList<string>? After = null);
