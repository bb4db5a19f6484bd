namespace CityBrain.City;

/// <summary>
/// Reads <c>departments.json</c>. A department with <c>officeLevel</c> stands for an office in each area of that level, named by
/// <c>officeName</c> with <c>{area}</c> in place of the area's name.
/// </summary>
internal static class DepartmentFile
{
    private const string AreaPlaceholder = "{area}";

    public static Departments Load(string folder, AreaMap areas)
    {
        var file = new CityFile(folder, "departments.json");
        var entries = file.Read<Listing>().Departments;
        file.Require(entries.Count > 0, "departments", "the list is empty; write at least one department.");
        foreach (var entry in entries)
        {
            var place = $"department '{entry.Id}'";
            file.RequireId(entry.Id, place);
            file.RequireName(entry.Name, place);
            file.Require(entry.ParentId is null || entries.Any(d => d.Id == entry.ParentId && d != entry), place, $"its parent '{entry.ParentId}' is no other department; write the id of one, or leave parentId out.");
            file.Require(entry.AreaId is null || areas.Find(entry.AreaId) is not null, place, $"there is no area '{entry.AreaId}' in areas.geojson; write the id of one, or leave areaId out.");
            file.Require((entry.OfficeLevel is null) == (entry.OfficeName is null), place, "officeLevel and officeName belong together; write both or neither.");
            file.Require(
                entry.OfficeName is not { } name || (name.En.Contains(AreaPlaceholder, StringComparison.Ordinal) && name.Zh.Contains(AreaPlaceholder, StringComparison.Ordinal)),
                place,
                "officeName must hold {area} in both languages, where the name of the area goes.");
        }

        var all = entries.SelectMany(entry => OfficesOf(entry, areas)).ToList();
        file.RequireUnique(all, d => d.Id, d => $"department '{d.Id}'");
        foreach (var department in all)
        {
            file.Require(!ReachesItself(department, all), $"department '{department.Id}'", "its parents lead back to it; let one of them answer to the city.");
        }

        return new(all);
    }

    private static IEnumerable<Department> OfficesOf(Entry entry, AreaMap areas)
    {
        yield return new(entry.Id, entry.Name, entry.ParentId, entry.AreaId, entry.OfficeLevel, entry.Kind);
        foreach (var area in areas.All.Where(a => a.Level == entry.OfficeLevel))
        {
            yield return new(Departments.OfficeId(entry.Id, area.Id), Named(entry.OfficeName!, area.Name), entry.Id, area.Id, null, entry.Kind);
        }
    }

    private static LocalizedName Named(LocalizedName pattern, LocalizedName area) =>
        new(pattern.En.Replace(AreaPlaceholder, area.En, StringComparison.Ordinal), pattern.Zh.Replace(AreaPlaceholder, area.Zh, StringComparison.Ordinal));

    private static bool ReachesItself(Department department, List<Department> all)
    {
        var at = department;
        for (var steps = 0; at?.ParentId is not null && at.AreaId is null; steps++)
        {
            if (steps > all.Count)
            {
                return true;
            }

            at = all.Find(d => d.Id == at.ParentId);
        }

        return false;
    }

    private sealed record Listing(IReadOnlyList<Entry> Departments);

    private sealed record Entry(string Id, LocalizedName Name, string? ParentId = null, string? AreaId = null, AreaLevel? OfficeLevel = null, LocalizedName? OfficeName = null, OrganisationKind Kind = OrganisationKind.Department);
}
