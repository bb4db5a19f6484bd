namespace CityBrain.Triage;

/// <summary>A trained model of what a matter is. Immutable and safe for concurrent use.</summary>
public interface ICategoryModel
{
    /// <summary>Which model: changes whenever it is trained anew.</summary>
    string Version { get; }

    /// <summary>What the model makes of an appeal; null when the words tell it nothing.</summary>
    CategoryGuess? Guess(string title, string text);
}

/// <summary>What a model makes of an appeal.</summary>
/// <param name="Top">The three likeliest items, the likeliest first.</param>
/// <param name="Words">The pieces of the text that decided.</param>
public sealed record CategoryGuess(IReadOnlyList<CategoryCandidate> Top, IReadOnlyList<string> Words);

/// <summary>An item that the matter may be.</summary>
/// <param name="Code">Item of the catalogue.</param>
/// <param name="Probability">0 to 1.</param>
public sealed record CategoryCandidate(string Code, double Probability);
