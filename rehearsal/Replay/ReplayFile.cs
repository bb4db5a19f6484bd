using System.Globalization;
using System.Text.Json;
using CityBrain.City;
using CityBrain.Intake;
using CityBrain.Rehearsal.Sample;
using CsvHelper;

namespace CityBrain.Rehearsal.Replay;

/// <summary>Reads messages of a city as appeals: JSON lines with <c>id, title, text, time, user</c>, or a table of 311 requests.</summary>
internal static class ReplayFile
{
    private const int LongestTitle = 200;
    private const int LongestAddress = 300;

    /// <summary>The appeals of a file, in its order; a place outside the city is left to its words.</summary>
    /// <exception cref="FormatException">A line or row is not what it should be; the message says which.</exception>
    public static IReadOnlyList<AppealRequest> Read(string path, AreaMap areas) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? [.. Rows(path, areas)] : [.. Lines(path)];

    private static IEnumerable<AppealRequest> Lines(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var message = Parse(path, number, line);
            var text = string.IsNullOrWhiteSpace(message.Text) ? message.Title : message.Text;
            yield return new AppealRequest(
                "message-board",
                message.Id ?? number.ToString(CultureInfo.InvariantCulture),
                SampleAppeal.Shortened(text ?? "", AppealRules.MaxText),
                message.Title is null ? null : SampleAppeal.Shortened(message.Title, LongestTitle),
                message.Time is { } time ? new DateTimeOffset(time, TimeSpan.FromHours(8)) : null,
                message.User is null ? null : new ReporterRequest(Email: message.User + "@example.org"));
        }
    }

    private static IEnumerable<AppealRequest> Rows(string path, AreaMap areas)
    {
        using var reader = CsvReader.FromFile(path);
        while (reader.Read())
        {
            var (type, address) = (Text("SRType"), Text("Address"));
            var isInside = double.TryParse(Text("Latitude"), CultureInfo.InvariantCulture, out var latitude) & double.TryParse(Text("Longitude"), CultureInfo.InvariantCulture, out var longitude)
                && areas.Locate(latitude, longitude) is not null;
            yield return new AppealRequest(
                "requests",
                Text("SRRecordID"),
                string.Join(". ", new[] { type, Text("Agency"), Text("Neighborhood") }.Where(part => part.Length > 0)),
                SampleAppeal.Shortened(type, LongestTitle),
                DateTime.TryParse(Text("CreatedDate"), CultureInfo.InvariantCulture, out var created) ? new DateTimeOffset(created, TimeSpan.FromHours(-5)) : null,
                Location: new LocationRequest(isInside ? latitude : null, isInside ? longitude : null, address.Length == 0 ? null : SampleAppeal.Shortened(address, LongestAddress)));
        }

        string Text(string column) => reader.GetString(column).Trim();
    }

    private static Message Parse(string path, int number, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Message>(line, JsonSerializerOptions.Web) ?? throw new FormatException($"{path}, line {number}: write an object.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{path}, line {number}: {exception.Message}", exception);
        }
    }

    private sealed record Message(string? Id, string? Title, string? Text, DateTime? Time, string? User);
}
