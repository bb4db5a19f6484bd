using System.Text.Json;

namespace CityBrain.Benchmarks;

/// <summary>Reads files of JSON lines.</summary>
internal static class JsonLines
{
    /// <summary>The rows of a file; blank lines are skipped.</summary>
    /// <exception cref="InvalidDataException">A line is no JSON of that form; says which line.</exception>
    public static List<T> Read<T>(string file)
    {
        var rows = new List<T>();
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                rows.Add(CityJson.Read<T>(line));
            }
            catch (JsonException error)
            {
                throw new InvalidDataException($"{file}, line {number}: {error.Message}", error);
            }
        }

        return rows;
    }
}
