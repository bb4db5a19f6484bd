namespace CityBrain.City;

/// <summary>A sensor of the city.</summary>
/// <param name="Id">Unique in the city; the <c>source</c> of its events.</param>
/// <param name="Kind">What it is, such as <c>river-gauge</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Latitude">Degrees, WGS84.</param>
/// <param name="Longitude">Degrees, WGS84.</param>
/// <param name="AreaId">The grid in which it stands; null only for a device outside the city.</param>
/// <param name="Rules">When its readings open a case.</param>
public sealed record Device(
    string Id,
    string Kind,
    LocalizedName Name,
    double Latitude,
    double Longitude,
    string? AreaId,
    IReadOnlyList<DeviceRule> Rules);
