namespace CityBrain.City;

/// <summary>Reads <c>routing.json</c>: the assets with an owner of their own, and the ordered rules.</summary>
internal static class RoutingFile
{
    public static RoutingRules Load(string folder, AreaMap areas, Departments departments, Catalogue catalogue)
    {
        var file = new CityFile(folder, "routing.json");
        var listing = file.Read<Listing>();
        file.RequireUnique(listing.Assets, asset => asset.Id, asset => $"asset '{asset.Id}'");
        foreach (var asset in listing.Assets)
        {
            Check(file, asset, departments);
        }

        file.RequireUnique(listing.Rules, rule => rule.Id, Place);
        foreach (var rule in listing.Rules)
        {
            Check(file, rule, listing.Assets, areas, departments, catalogue);
        }

        var byArea = listing.Rules.FirstOrDefault(rule => rule.When.Areas is not null);
        var late = byArea is null ? null : listing.Rules.SkipWhile(rule => rule != byArea).FirstOrDefault(rule => rule.When.Assets is not null);
        file.Require(late is null, late is null ? "" : Place(late), $"it looks at assets and comes after '{byArea?.Id}', which looks at areas; put it before, as the owner of an asset beats the area.");
        return new(
            [.. listing.Rules.Select(rule => new RoutingRule(rule.Id, rule.To)
            {
                Categories = rule.When.Categories ?? [],
                Groups = rule.When.Groups ?? [],
                Areas = rule.When.Areas ?? [],
                AssetKinds = rule.When.Assets ?? [],
                Words = rule.When.Words is { } words ? new KeywordAutomaton(words) : null,
                Hours = rule.When.Hours,
            })],
            listing.Assets);
    }

    private static void Check(CityFile file, Asset asset, Departments departments)
    {
        var place = $"asset '{asset.Id}'";
        file.RequireId(asset.Id, place);
        file.RequireName(asset.Name, place);
        file.Require(departments.Find(asset.Owner) is not null, place, $"its owner '{asset.Owner}' is no department of departments.json; write the id of one.");
        file.Require(departments.Find(asset.Owner)!.MayLead, place, $"its owner '{asset.Owner}' only comes when a whistle calls it and leads no case; write a department.");
        file.Require(Math.Abs(asset.Latitude) <= 90 && Math.Abs(asset.Longitude) <= 180, place, $"{asset.Latitude}, {asset.Longitude} is no place on Earth; write latitude and longitude in degrees.");
        file.Require(asset.RadiusMetres is > 0 and <= 10_000, place, $"radiusMetres {asset.RadiusMetres} is no radius; write more than 0, at most 10000.");
    }

    private static void Check(CityFile file, Entry rule, IReadOnlyList<Asset> assets, AreaMap areas, Departments departments, Catalogue catalogue)
    {
        var (place, when) = (Place(rule), rule.When);
        file.RequireId(rule.Id, place);
        file.Require(rule.To is not null || when.Assets is not null, place, "it names no department; write one under 'to', or look at assets to send to their owner.");
        file.Require(rule.To is null || departments.Find(rule.To) is not null, place, $"there is no department '{rule.To}' in departments.json; write the id of one.");
        file.Require(rule.To is null || departments.Find(rule.To)!.MayLead, place, $"'{rule.To}' only comes when a whistle calls it and leads no case; write a department.");
        file.Require(when != new Conditions(), place, "it has no condition and would take every case; write one under 'when'.");
        EachOf("categories", when.Categories, code => catalogue.Find(code) is not null, "item of catalogue.json");
        EachOf("groups", when.Groups, group => catalogue.All.Any(item => item.Group == group), "group of catalogue.json");
        EachOf("areas", when.Areas, area => areas.Find(area) is not null, "area of areas.geojson");
        EachOf("assets", when.Assets, kind => assets.Any(asset => asset.Kind == kind), "kind of an asset of this file");
        EachOf("words", when.Words, word => word.Any(char.IsLetterOrDigit), "word with a letter or digit");

        void EachOf(string name, IReadOnlyList<string>? values, Func<string, bool> isGood, string what)
        {
            file.Require(values is not { Count: 0 }, place, $"the list {name} is empty; write at least one, or leave it out.");
            foreach (var value in values ?? [])
            {
                file.Require(isGood(value), place, $"{name}: '{value}' is no {what}.");
            }
        }
    }

    private static string Place(Entry rule) => $"rule '{rule.Id}'";

    private sealed record Listing(IReadOnlyList<Asset> Assets, IReadOnlyList<Entry> Rules);

    private sealed record Entry(string Id, Conditions When, string? To = null);

    private sealed record Conditions(
        IReadOnlyList<string>? Categories = null,
        IReadOnlyList<string>? Groups = null,
        IReadOnlyList<string>? Areas = null,
        IReadOnlyList<string>? Assets = null,
        IReadOnlyList<string>? Words = null,
        RoutingHours? Hours = null);
}
