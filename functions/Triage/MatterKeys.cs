using System.Globalization;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;

namespace CityBrain.Triage;

/// <summary>The partitions of the table <c>Matters</c> in which an open case is found: by who asked, by what and where, and, without a place, by its words.</summary>
public static class MatterKeys
{
    /// <summary>Degrees of latitude of a cell: 200 m.</summary>
    private const double CellHeight = 0.0018;

    /// <summary>The partitions in which a case lies.</summary>
    public static IReadOnlyList<string> Of(Case source)
    {
        var keys = new List<string>();
        if (source.Origin.ReporterKey is { } reporter)
        {
            keys.Add(ByReporter(reporter));
        }

        if (source is { Triage: { } triage, Point: { } point })
        {
            keys.Add(Cell(triage.CategoryCode, Row(point.Latitude), Column(point.Longitude, Row(point.Latitude))));
        }
        else if (source.Triage is not null)
        {
            keys.AddRange(TextSketch.BandsOf($"{source.Title}{source.Text}").Select(band => "words|" + band));
        }

        return keys;
    }

    /// <summary>The partition of what a person asked for.</summary>
    public static string ByReporter(string reporterKey) => "person|" + reporterKey;

    /// <summary>The cells of a category that come within a distance of a place, in metres.</summary>
    public static IEnumerable<string> Around(string categoryCode, GeoPoint point, double metres)
    {
        var height = metres / Ground.MetresPerDegree;
        for (var row = Row(point.Latitude - height); row <= Row(point.Latitude + height); row++)
        {
            var width = height / Math.Max(0.01, Math.Cos(point.Latitude * Math.PI / 180));
            for (var column = Column(point.Longitude - width, row); column <= Column(point.Longitude + width, row); column++)
            {
                yield return Cell(categoryCode, row, column);
            }
        }
    }

    private static long Row(double latitude) => (long)Math.Floor(latitude / CellHeight);

    /// <summary>Cells of one row are all as wide, in degrees: about as wide as high on the ground.</summary>
    private static long Column(double longitude, long row) =>
        (long)Math.Floor(longitude * Math.Max(0.01, Math.Cos((row + 0.5) * CellHeight * Math.PI / 180)) / CellHeight);

    private static string Cell(string categoryCode, long row, long column) =>
        string.Create(CultureInfo.InvariantCulture, $"place|{categoryCode}|{row}|{column}");
}
