namespace CityBrain.City;

/// <summary>Reads <c>catalogue.json</c>: named sets of time limits, and the items that refer to them.</summary>
internal static class CatalogueFile
{
    // A wider search asks too many cells, and what is further apart is no duplicate.
    private const double LargestRadius = 500;
    private const int LongestWindow = 366;

    public static Catalogue Load(string folder, Departments departments)
    {
        var file = new CityFile(folder, "catalogue.json");
        var listing = file.Read<Listing>();
        file.RequireUnique(listing.Items, i => $"{i.Code} v{i.Version}", Place);
        file.Require(listing.Items.Any(i => i.Code == Catalogue.OtherCode), "items", $"there is no item '{Catalogue.OtherCode}'; write one for whatever fits no other.");
        try
        {
            return new(listing.Items.Select(entry => ItemOf(file, entry, listing.TimeLimits, departments)));
        }
        catch (ArgumentException exception)
        {
            throw file.Error("items", exception.Message, exception);
        }
    }

    private static CatalogueItem ItemOf(CityFile file, Entry entry, IReadOnlyDictionary<string, TimeLimits> limits, Departments departments)
    {
        var place = Place(entry);
        file.RequireId(entry.Code, place);
        file.RequireName(entry.Name, place);
        file.Require(entry.Version >= 1, place, $"version {entry.Version}; versions count up from 1.");
        foreach (var id in (entry.With ?? []).Prepend(entry.Lead))
        {
            file.Require(departments.Find(id) is not null, place, $"there is no department '{id}' in departments.json; write the id of one.");
        }

        file.Require(departments.Find(entry.Lead)!.MayLead, place, $"'{entry.Lead}' only comes when a whistle calls it and leads no case; write a department.");
        file.Require(limits.TryGetValue(entry.Limits, out var named), place, $"there are no time limits '{entry.Limits}'; write one of {string.Join(", ", limits.Keys)}, or add it under timeLimits.");
        file.Require(entry.Urgency == Urgency.Routine || named!.Resolve.IsRoundTheClock, place, "an urgent item runs round the clock; give it time limits in hours, not in working time.");
        file.Require(entry.RadiusMetres is null or (>= 1 and <= LargestRadius), place, $"radiusMetres {entry.RadiusMetres}; write 1 to {LargestRadius} metres.");
        file.Require(entry.WindowDays is null or (>= 1 and <= LongestWindow), place, $"windowDays {entry.WindowDays}; write 1 to {LongestWindow} days.");
        foreach (var word in entry.Keywords)
        {
            file.Require(word.Any(char.IsLetterOrDigit), place, $"the keyword '{word}' holds neither letter nor digit; write a word.");
        }

        var item = new CatalogueItem(entry.Code, entry.Version, entry.Name, entry.Lead, entry.With ?? [], entry.Level, entry.Urgency, named!, entry.Keywords) { Group = entry.Group };
        return item with { RadiusMetres = entry.RadiusMetres ?? item.RadiusMetres, WindowDays = entry.WindowDays ?? item.WindowDays };
    }

    private static string Place(Entry entry) => $"item '{entry.Code}'";

    private sealed record Listing(IReadOnlyDictionary<string, TimeLimits> TimeLimits, IReadOnlyList<Entry> Items);

    private sealed record Entry(
        string Code,
        LocalizedName Name,
        string Group,
        string Lead,
        AreaLevel Level,
        string Limits,
        IReadOnlyList<string> Keywords,
        Urgency Urgency = Urgency.Routine,
        int Version = 1,
        IReadOnlyList<string>? With = null,
        double? RadiusMetres = null,
        int? WindowDays = null);
}
