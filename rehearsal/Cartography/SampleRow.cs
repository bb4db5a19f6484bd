using System.Globalization;
using CsvHelper;

namespace CityBrain.Rehearsal.Cartography;

/// <summary>What the drawing needs of a service request of New York's 311.</summary>
/// <param name="Borough">Upper case, as the data write it.</param>
/// <param name="Board">Community board, number and borough.</param>
/// <param name="Zip">Postal code.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
internal sealed record SampleRow(string Borough, string Board, string Zip, double Latitude, double Longitude)
{
    /// <summary>Reads the rows that have a place, a postal code and a community board.</summary>
    public static IReadOnlyList<SampleRow> Read(string path)
    {
        using var reader = CsvReader.FromFile(path);
        List<SampleRow> rows = [];
        while (reader.Read())
        {
            var (borough, board, zip) = (reader.GetString("Borough"), reader.GetString("Community Board"), reader.GetString("Incident Zip"));
            if (zip.Length > 0 && board.EndsWith(borough, StringComparison.Ordinal) && char.IsAsciiDigit(board[0]) && borough != "Unspecified"
                && double.TryParse(reader.GetString("Latitude"), CultureInfo.InvariantCulture, out var latitude)
                && double.TryParse(reader.GetString("Longitude"), CultureInfo.InvariantCulture, out var longitude))
            {
                rows.Add(new(borough, board, zip, latitude, longitude));
            }
        }

        return rows;
    }
}
