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
    private const double MetresPerDegree = 111_320;

    /// <summary>Metres from a point; on the scale of a city the Earth is flat.</summary>
    public double DistanceTo(double latitude, double longitude)
    {
        var north = (latitude - Latitude) * MetresPerDegree;
        var east = (longitude - Longitude) * MetresPerDegree * Math.Cos(Latitude * Math.PI / 180);
        return Math.Sqrt((north * north) + (east * east));
    }
}
