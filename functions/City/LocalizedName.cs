namespace CityBrain.City;

/// <summary>A name in the two languages in which the city works.</summary>
/// <param name="En">English.</param>
/// <param name="Zh">Simplified Chinese.</param>
public sealed record LocalizedName(string En, string Zh)
{
    /// <summary>The name for a language tag: Chinese for <c>zh</c> and its variants, English for any other.</summary>
    public string In(string? languageTag) =>
        languageTag?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? Zh : En;

    /// <inheritdoc/>
    public override string ToString() => En;
}
