namespace CityBrain.City;

/// <summary>One area of the city.</summary>
/// <param name="Id">Unique in the city; lower-case letters, digits and hyphens, so that it may be a key or a part of a URL.</param>
/// <param name="Level">Where it stands in the five levels.</param>
/// <param name="Name">What people call it.</param>
/// <param name="ParentId">The area one level up that holds it; null only for the city.</param>
public sealed record Area(string Id, AreaLevel Level, LocalizedName Name, string? ParentId);
