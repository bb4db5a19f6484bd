using NetTopologySuite.Geometries;

namespace CityBrain.Rehearsal.Cartography;

/// <summary>A community to draw: the postal code, the board and borough of most of its rows, and its middle.</summary>
internal sealed record Community(string Zip, string Board, string Borough, Coordinate Middle)
{
    /// <summary>The communities of a sample, sorted by postal code. The middle is the median of the rows, so that one wrong place does not move it.</summary>
    public static IReadOnlyList<Community> Of(IEnumerable<SampleRow> rows, Projection projection) =>
        [.. rows.GroupBy(r => r.Zip, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            var borough = Most(g, r => r.Borough);
            return new Community(g.Key, Most(g.Where(r => r.Borough == borough), r => r.Board), borough, projection.ToPlane(Median(g, r => r.Latitude), Median(g, r => r.Longitude)));
        })];

    private static string Most(IEnumerable<SampleRow> rows, Func<SampleRow, string> key) =>
        rows.CountBy(key).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).First().Key;

    private static double Median(IEnumerable<SampleRow> rows, Func<SampleRow, double> value)
    {
        var sorted = rows.Select(value).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
