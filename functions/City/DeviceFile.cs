namespace CityBrain.City;

/// <summary>Reads <c>devices.json</c>.</summary>
internal static class DeviceFile
{
    public static DeviceRegistry Load(string folder, AreaMap areas, Catalogue catalogue)
    {
        var file = new CityFile(folder, "devices.json");
        var listing = file.Read<Listing>();
        var (entries, kinds) = (listing.Devices, listing.Kinds ?? []);
        file.RequireUnique(entries, d => d.Id, Place);
        file.RequireUnique(kinds, k => k.Kind, PlaceOf);
        foreach (var kind in kinds)
        {
            file.Require(kind.Categories.Count > 0, PlaceOf(kind), "categories is empty; name the items of catalogue.json that its anomalies may be about.");
            foreach (var code in kind.Categories)
            {
                file.Require(catalogue.Find(code) is not null, PlaceOf(kind), $"there is no item '{code}' in catalogue.json; write the code of one.");
            }
        }

        return new([.. entries.Select(entry => DeviceOf(file, entry, areas, catalogue))], kinds.ToDictionary(kind => kind.Kind, kind => kind.Categories, StringComparer.Ordinal));
    }

    private static Device DeviceOf(CityFile file, Entry entry, AreaMap areas, Catalogue catalogue)
    {
        var place = Place(entry);
        file.RequireId(entry.Id, place);
        file.RequireName(entry.Name, place);
        file.Require(Math.Abs(entry.Latitude) <= 90 && Math.Abs(entry.Longitude) <= 180, place, $"{entry.Latitude}, {entry.Longitude} is no place on Earth; write latitude and longitude in degrees.");
        file.Require(entry.AreaId is null || areas.Find(entry.AreaId)?.Level == AreaLevel.Grid, place, $"there is no grid '{entry.AreaId}' in areas.geojson; write the id of one, or leave areaId out.");
        file.RequireUnique(entry.Rules, r => r.Id, r => $"{place}, rule '{r.Id}'");
        foreach (var rule in entry.Rules)
        {
            Check(file, rule, $"{place}, rule '{rule.Id}'", catalogue);
        }

        return new(entry.Id, entry.Kind, entry.Name, entry.Latitude, entry.Longitude, entry.AreaId ?? areas.Locate(entry.Latitude, entry.Longitude)?.Id, entry.Rules);
    }

    private static void Check(CityFile file, DeviceRule rule, string place, Catalogue catalogue)
    {
        file.RequireId(rule.Id, place);
        file.Require(catalogue.Find(rule.CatalogueCode) is not null, place, $"there is no item '{rule.CatalogueCode}' in catalogue.json; write the code of one.");
        file.Require(
            rule.Direction == ThresholdDirection.Up ? rule.ClearThreshold <= rule.Threshold : rule.ClearThreshold >= rule.Threshold,
            place,
            $"clearThreshold {rule.ClearThreshold} lies on the bad side of threshold {rule.Threshold}; the rule would clear while it trips.");
        file.Require(rule.Hold >= TimeSpan.Zero && rule.Hold <= TimeSpan.FromDays(30), place, $"hold {rule.Hold} is no waiting time; write \"hh:mm:ss\", up to 30 days.");
    }

    private static string Place(Entry entry) => $"device '{entry.Id}'";

    private static string PlaceOf(KindEntry entry) => $"kind '{entry.Kind}'";

    private sealed record Listing(IReadOnlyList<Entry> Devices, IReadOnlyList<KindEntry>? Kinds = null);

    private sealed record KindEntry(string Kind, IReadOnlyList<string> Categories);

    private sealed record Entry(
        string Id,
        string Kind,
        LocalizedName Name,
        double Latitude,
        double Longitude,
        IReadOnlyList<DeviceRule> Rules,
        string? AreaId = null);
}
