namespace CityBrain.City;

/// <summary>An organisation that handles cases.</summary>
/// <param name="Id">Unique in the city.</param>
/// <param name="Name">What people call it.</param>
/// <param name="ParentId">The department above it; null for one that answers to the city alone.</param>
/// <param name="AreaId">The area it serves; null when it serves the whole city.</param>
/// <param name="OfficeLevel">
/// Set when the department stands for a kind of office of which every area of this level has its own (属地), such as "the street office";
/// <see cref="Departments.OfficeOf"/> finds the one of an area.
/// </param>
public sealed record Department(string Id, LocalizedName Name, string? ParentId, string? AreaId = null, AreaLevel? OfficeLevel = null);
