using System.Globalization;
using CsvHelper;

namespace CityBrain.Rehearsal.Sample;

/// <summary>Reads the New York 311 sample.</summary>
internal static class ServiceRequestFile
{
    private const string TimeFormat = "MM/dd/yyyy hh:mm:ss tt";

    /// <summary>The rows in the order of the file.</summary>
    public static IReadOnlyList<ServiceRequest> Read(string path)
    {
        using var reader = CsvReader.FromFile(path);
        List<ServiceRequest> rows = [];
        while (reader.Read())
        {
            rows.Add(new ServiceRequest(
                Text("Unique Key"),
                Time(Text("Created Date")) ?? throw new FormatException($"Row {rows.Count + 1} of '{path}' has no created date."),
                Time(Text("Closed Date")),
                Text("Agency"),
                Text("Agency Name"),
                Text("Complaint Type"),
                Text("Descriptor"),
                Text("Location Type") is "N/A" ? "" : Text("Location Type"),
                AddressOf(),
                PointOf(Text("Latitude"), Text("Longitude")),
                Text("Open Data Channel Type"),
                Text("Resolution Description")));
        }

        return rows;

        string Text(string column) => reader.GetString(column).Trim();

        string AddressOf()
        {
            var crossing = string.Join(" & ", new[] { Text("Intersection Street 1"), Text("Intersection Street 2") }.Where(street => street.Length > 0));
            var street = new[] { Text("Incident Address"), crossing, Text("Street Name") }.FirstOrDefault(place => place.Length > 0) ?? "";
            return string.Join(", ", new[] { street, Text("City") }.Where(part => part.Length > 0));
        }
    }

    private static DateTime? Time(string text) =>
        text.Length == 0 ? null : DateTime.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture);

    private static (double Latitude, double Longitude)? PointOf(string latitude, string longitude) =>
        double.TryParse(latitude, CultureInfo.InvariantCulture, out var lat) && double.TryParse(longitude, CultureInfo.InvariantCulture, out var lon) ? (lat, lon) : null;
}
