using System.Globalization;
using Azure.Data.Tables;

namespace CityBrain.Cases;

/// <summary>A value as JSON in a row. A string property holds at most 64 KiB, so a long text is cut over several; a row holds 1 MiB.</summary>
public static class StoredJson
{
    private const string Property = "Data";

    // In characters, of two bytes each. The writer escapes what lies outside the basic plane, so a cut parts no pair of surrogates.
    private const int Longest = 32 * 1024;

    /// <summary>Puts a value into a row and returns the row.</summary>
    public static TableEntity Write<T>(TableEntity row, T value)
    {
        var json = CityJson.Write(value);
        for (var (part, at) = (0, 0); at < json.Length; part++, at += Longest)
        {
            row[NameOf(part)] = json.Substring(at, Math.Min(Longest, json.Length - at));
        }

        return row;
    }

    /// <summary>True when a row holds a value.</summary>
    public static bool HasValue(TableEntity row) => row.GetString(Property) is not null;

    /// <summary>The value of a row.</summary>
    /// <exception cref="System.Text.Json.JsonException">The row holds none of that type: storage is damaged.</exception>
    public static T Read<T>(TableEntity row)
    {
        var json = row.GetString(NameOf(0));
        for (var part = 1; row.GetString(NameOf(part)) is { } more; part++)
        {
            json += more;
        }

        return CityJson.Read<T>(json);
    }

    private static string NameOf(int part) => part == 0 ? Property : Property + part.ToString(CultureInfo.InvariantCulture);
}
