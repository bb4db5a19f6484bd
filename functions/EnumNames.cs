namespace CityBrain;

/// <summary>Names of enumerations as people write them: the name alone, in any case; no number, and no list of names.</summary>
internal static class EnumNames
{
    /// <summary>The value of a name.</summary>
    public static bool TryParse<T>(string? text, out T value)
        where T : struct, Enum
    {
        foreach (var known in Enum.GetValues<T>())
        {
            if (string.Equals(known.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                value = known;
                return true;
            }
        }

        value = default;
        return false;
    }
}
