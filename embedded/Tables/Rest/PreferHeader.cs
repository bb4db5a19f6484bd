namespace CityBrain.Embedded.Tables.Rest;

internal static class PreferHeader
{
    /// <summary>True when the caller does not want an inserted entity or table back.</summary>
    public static bool WantsNoContent(string? prefer) => prefer?.Contains("return-no-content", StringComparison.OrdinalIgnoreCase) == true;
}
