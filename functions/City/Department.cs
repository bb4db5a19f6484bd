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
/// <param name="Kind">What kind of organisation.</param>
public sealed record Department(string Id, LocalizedName Name, string? ParentId, string? AreaId = null, AreaLevel? OfficeLevel = null, OrganisationKind Kind = OrganisationKind.Department)
{
    /// <summary>False for those who only come when a whistle calls them, and never lead or own a case.</summary>
    public bool MayLead => Kind is OrganisationKind.Department;

    /// <summary>Why one that may not lead is given no case.</summary>
    public string HelpsOnly => $"'{Id}' ({Kind}) only comes when a whistle calls it; it never leads or owns a case.";
}

/// <summary>What kind of organisation helps the city.</summary>
public enum OrganisationKind
{
    /// <summary>A department or office of the city.</summary>
    Department,

    /// <summary>A property company 物业公司: comes when a whistle calls it.</summary>
    Property,

    /// <summary>Volunteers 志愿者: come when a whistle calls them 社会补位.</summary>
    Volunteers,
}
