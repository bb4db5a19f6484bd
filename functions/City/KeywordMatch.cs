namespace CityBrain.City;

/// <summary>A catalogue item for which the keywords of a text speak.</summary>
/// <param name="Item">The item.</param>
/// <param name="Score">The sum of the squared lengths of the matched keywords, in words (two Chinese characters count as a word); above 0.</param>
/// <param name="Words">The keywords that matched, as the catalogue writes them, in the order of the text.</param>
public sealed record KeywordMatch(CatalogueItem Item, double Score, IReadOnlyList<string> Words);
