namespace CityBrain.City;

/// <summary>Reads the city from a folder of data files.</summary>
public static class CityLoader
{
    /// <summary>Reads the files of the folder, <c>city.json</c> first, and checks them against each other.</summary>
    /// <exception cref="CityFileException">A file is missing or wrong.</exception>
    public static CityModel Load(string folder)
    {
        var file = new CityFile(folder, "city.json");
        var header = file.Read<Header>();
        file.RequireId(header.Id, "id");
        file.RequireName(header.Name, "name");
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(header.TimeZone, out var found)
            ? found
            : throw file.Error("timeZone", $"'{header.TimeZone}' is unknown here; write an IANA name such as \"Asia/Shanghai\".");

        var areas = AreaFile.Load(folder);
        file.Require(areas.City.Id == header.Id, "id", $"'{header.Id}' is not the city of areas.geojson; write '{areas.City.Id}'.");
        var departments = DepartmentFile.Load(folder, areas);
        var catalogue = CatalogueFile.Load(folder, departments);
        return new()
        {
            Id = header.Id,
            Name = header.Name,
            TimeZone = zone,
            Areas = areas,
            Departments = departments,
            Catalogue = catalogue,
            Calendar = CalendarFile.Load(folder, zone),
            Routing = RoutingFile.Load(folder, areas, departments, catalogue),
            Dispatch = DispatchFile.Load(folder),
            Devices = DeviceFile.Load(folder, areas, catalogue),
            Places = PlaceFile.Load(folder, areas),
            LifeRisk = LifeRiskFile.Load(folder),
            Known = KnownFieldFile.Load(folder),
            Things = ThingFile.Load(folder, catalogue),
        };
    }

    private sealed record Header(string Id, LocalizedName Name, string TimeZone);
}
