namespace CityBrain.City;

/// <summary>Something that stands in the city and has an owner of its own, whoever's area it stands in: a bridge, a pumping station 部件.</summary>
/// <param name="Id">Unique among the assets.</param>
/// <param name="Kind">What it is, such as <c>bridge</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Owner">The department that owns it 权属单位.</param>
/// <param name="Latitude">Degrees, WGS84.</param>
/// <param name="Longitude">Degrees, WGS84.</param>
/// <param name="RadiusMetres">A case within this distance may concern the asset; above 0.</param>
public sealed record Asset(string Id, string Kind, LocalizedName Name, string Owner, double Latitude, double Longitude, double RadiusMetres)
{
    /// <summary>Metres from a point.</summary>
    public double DistanceTo(double latitude, double longitude) => Ground.Metres(Latitude, Longitude, latitude, longitude);
}
