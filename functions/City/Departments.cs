using System.Collections.Frozen;

namespace CityBrain.City;

/// <summary>All departments of the city. Immutable.</summary>
public sealed class Departments(IReadOnlyList<Department> all)
{
    private readonly FrozenDictionary<string, Department> _byId = all.ToFrozenDictionary(d => d.Id, StringComparer.Ordinal);

    /// <summary>All, in the order of the file, each kind of office followed by its offices.</summary>
    public IReadOnlyList<Department> All { get; } = all;

    /// <summary>The department of an id, or null.</summary>
    public Department? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The id that the office of an area has.</summary>
    public static string OfficeId(string departmentId, string areaId) => $"{departmentId}-{areaId}";

    /// <summary>
    /// The department that acts in an area: the area's own office when <paramref name="departmentId"/> names a kind of office and the area
    /// lies at or below its level, else the department itself; null when there is none of that id.
    /// </summary>
    public Department? OfficeOf(string departmentId, string? areaId, AreaMap areas)
    {
        if (Find(departmentId) is not { } department)
        {
            return null;
        }

        return department.OfficeLevel is { } level && areaId is not null && areas.Find(areaId) is { } area && area.Level >= level
            ? Find(OfficeId(departmentId, areas.AtLevel(areaId, level).Id)) ?? department
            : department;
    }
}
