using System.Globalization;

namespace CityBrain.City;

/// <summary>The city drawn for a page: paths in pixels, north up, with the origin at the upper left.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Areas">Widest level first, so that finer areas lie above.</param>
public sealed record SvgMap(int Width, int Height, IReadOnlyList<SvgArea> Areas)
{
    /// <summary>The value of <c>viewBox</c>.</summary>
    public string ViewBox => string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Height}");

    /// <summary>Where places of the Earth lie in the drawing, for markers.</summary>
    public required SvgProjection Projection { get; init; }
}

/// <summary>An area of the drawing.</summary>
/// <param name="Id">Id of the area.</param>
/// <param name="Level">Its level.</param>
/// <param name="Path">The value of <c>d</c> of an SVG path, to be filled by the rule <c>evenodd</c>.</param>
/// <param name="LabelX">A point well inside, for the name; pixels.</param>
/// <param name="LabelY">A point well inside, for the name; pixels.</param>
public sealed record SvgArea(string Id, AreaLevel Level, string Path, double LabelX, double LabelY);

/// <summary>Plate carrée, true to scale at the middle of the city.</summary>
/// <param name="West">Longitude of the left edge.</param>
/// <param name="North">Latitude of the upper edge.</param>
/// <param name="PixelsPerLongitude">Pixels in a degree east.</param>
/// <param name="PixelsPerLatitude">Pixels in a degree south.</param>
public readonly record struct SvgProjection(double West, double North, double PixelsPerLongitude, double PixelsPerLatitude)
{
    /// <summary>Pixels of a place; outside the drawing for a place outside the city.</summary>
    public (double X, double Y) ToPixels(double latitude, double longitude) =>
        ((longitude - West) * PixelsPerLongitude, (North - latitude) * PixelsPerLatitude);
}
