using CityBrain.City;
using CsvHelper;

namespace CityBrain.Tests.City;

/// <summary>The demo city as it is shipped, and the sample from which it was drawn.</summary>
internal static class DemoCity
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "city");
    private static readonly Lazy<CityModel> Loaded = new(() => CityLoader.Load(Folder));

    public static CityModel Model => Loaded.Value;

    public static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    /// <summary>Rows of a CSV file as dictionaries by column.</summary>
    public static IEnumerable<Dictionary<string, string>> Rows(string name)
    {
        using var reader = CsvReader.FromFile(Data(name));
        while (reader.Read())
        {
            yield return reader.Headers!.Select((h, i) => (h, i)).ToDictionary(c => c.h, c => reader.GetString(c.i), StringComparer.Ordinal);
        }
    }
}
