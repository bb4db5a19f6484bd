namespace CityBrain.Language;

/// <summary>A text to classify.</summary>
/// <param name="Title">Title, or empty; it counts more than the text.</param>
/// <param name="Text">The text; cut into words by spaces, or uncut.</param>
/// <param name="Label">The right answer, when it is known.</param>
public sealed record LabelledText(string Title, string Text, string? Label = null);
