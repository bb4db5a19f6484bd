namespace CityBrain.Language;

/// <summary>A label and how likely it is.</summary>
/// <param name="Label">The label.</param>
/// <param name="P">Probability, 0 to 1, calibrated on texts that the training did not see.</param>
public sealed record Candidate(string Label, double P);

/// <summary>A piece of the text that decided.</summary>
/// <param name="Piece">The piece, as it stands in the text.</param>
/// <param name="Weight">Its part in the score of the label, in log-odds against the mean of the labels; above 0.</param>
public sealed record Evidence(string Piece, double Weight);

/// <summary>What a model says of a text.</summary>
/// <param name="Top">The likeliest labels, at most three, the likeliest first.</param>
/// <param name="ModelVersion">Version of the model: a hash of its content.</param>
/// <param name="Evidence">The pieces of the text that decided for the first label, the weightiest first; empty when nothing in the text is known.</param>
public sealed record Prediction(IReadOnlyList<Candidate> Top, string ModelVersion, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>The likeliest label.</summary>
    public string Label => Top[0].Label;

    /// <summary>Its probability.</summary>
    public double P => Top[0].P;
}
