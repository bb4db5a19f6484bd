namespace CityBrain.City;

/// <summary>Distances on the ground, on a plane that touches the Earth: good to 0.1 % over 50 km.</summary>
public static class Ground
{
    /// <summary>Metres of a degree of latitude, on a sphere of the Earth's mean radius (IUGG).</summary>
    public const double MetresPerDegree = EarthRadius * Math.PI / 180;

    private const double EarthRadius = 6_371_008.8;

    /// <summary>Metres of a degree of longitude at a latitude.</summary>
    public static double MetresPerLongitude(double latitude) => MetresPerDegree * Math.Cos(latitude * Math.PI / 180);

    /// <summary>Metres between two places, in degrees.</summary>
    public static double Metres(double latitude, double longitude, double otherLatitude, double otherLongitude) =>
        double.Hypot((otherLatitude - latitude) * MetresPerDegree, (otherLongitude - longitude) * MetresPerLongitude(latitude));
}
