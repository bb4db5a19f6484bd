using NetTopologySuite.Geometries;

namespace CityBrain.Rehearsal.Cartography;

/// <summary>A plane in metres that touches the Earth at a place; true enough over a city.</summary>
internal sealed class Projection(double latitude, double longitude)
{
    private const double MetresPerDegree = 111_195;
    private readonly double _metresPerLongitude = MetresPerDegree * Math.Cos(latitude * Math.PI / 180);

    /// <summary>Degrees to metres east and north.</summary>
    public Coordinate ToPlane(double lat, double lon) => new((lon - longitude) * _metresPerLongitude, (lat - latitude) * MetresPerDegree);

    /// <summary>Metres to degrees: X is the longitude.</summary>
    public Coordinate ToEarth(Coordinate plane) => new((plane.X / _metresPerLongitude) + longitude, (plane.Y / MetresPerDegree) + latitude);

    /// <summary>A geometry of the plane in degrees.</summary>
    public Geometry ToEarth(Geometry plane)
    {
        var earth = plane.Copy();
        earth.Apply(new ToDegrees(this));
        earth.GeometryChanged();
        return earth;
    }

    private sealed class ToDegrees(Projection projection) : ICoordinateFilter
    {
        public void Filter(Coordinate coord)
        {
            var earth = projection.ToEarth(coord);
            (coord.X, coord.Y) = (earth.X, earth.Y);
        }
    }
}
