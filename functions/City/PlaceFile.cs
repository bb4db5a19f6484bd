namespace CityBrain.City;

/// <summary>Reads <c>places.json</c>: other names of places, each with the area in which it lies.</summary>
internal static class PlaceFile
{
    public static Gazetteer Load(string folder, AreaMap areas)
    {
        var file = new CityFile(folder, "places.json");
        var listing = file.Read<Listing>();
        foreach (var (name, area) in listing.Places)
        {
            file.Require(name.Any(char.IsLetterOrDigit), $"place '{name}'", "the name holds neither letter nor digit; write a name.");
            file.Require(areas.Find(area) is not null, $"place '{name}'", $"there is no area '{area}' in areas.geojson; write the id of one.");
        }

        return new(areas, listing.Places);
    }

    private sealed record Listing(IReadOnlyDictionary<string, string> Places);
}
