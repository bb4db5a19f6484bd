namespace Azure.AI.TextAnalytics;

/// <summary>A text with an id that is unique in its request.</summary>
public class TextAnalyticsInput
{
    internal TextAnalyticsInput(string id, string text) => (Id, Text) = (id, text);

    /// <summary>Id of the document.</summary>
    public string Id { get; }

    /// <summary>The text.</summary>
    public string Text { get; }
}

/// <summary>A document to analyse.</summary>
public class TextDocumentInput : TextAnalyticsInput
{
    /// <param name="id">Unique in the request.</param>
    /// <param name="text">The text.</param>
    public TextDocumentInput(string id, string text)
        : base(id, text)
    {
    }

    /// <summary>Language of the text, such as <c>en</c> or <c>zh-hans</c>.</summary>
    public string? Language { get; set; }
}
