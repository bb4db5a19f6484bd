using System.Collections.ObjectModel;

namespace Azure.AI.TextAnalytics;

/// <summary>The language of a text.</summary>
public readonly struct DetectedLanguage
{
    internal DetectedLanguage(string name, string code, double confidence) => (Name, Iso6391Name, ConfidenceScore) = (name, code, confidence);

    /// <summary>Its name in English.</summary>
    public string Name { get; }

    /// <summary>Its code, such as <c>en</c> or <c>zh_chs</c>.</summary>
    public string Iso6391Name { get; }

    /// <summary>From 0 to 1.</summary>
    public double ConfidenceScore { get; }
}

/// <summary>A document whose language is asked for.</summary>
public class DetectLanguageInput : TextAnalyticsInput
{
    /// <summary>The hint that gives none.</summary>
    public const string None = "";

    /// <param name="id">Unique in the request.</param>
    /// <param name="text">The text.</param>
    public DetectLanguageInput(string id, string text)
        : base(id, text)
    {
    }

    /// <summary>The country where it was written, in two letters; <c>us</c> when it is left out.</summary>
    public string? CountryHint { get; set; }
}

/// <summary>The language of a document, or its error.</summary>
public class DetectLanguageResult : TextAnalyticsResult
{
    private readonly DetectedLanguage? _language;

    internal DetectLanguageResult(string id, DetectedLanguage language)
        : base(id, null) => _language = language;

    internal DetectLanguageResult(string id, TextAnalyticsError error)
        : base(id, error)
    {
    }

    /// <summary>The language in which most of it is written.</summary>
    /// <exception cref="InvalidOperationException">The document has an error.</exception>
    public DetectedLanguage PrimaryLanguage => _language ?? throw NoResult();
}

/// <summary>What came of the documents of a request, in their order.</summary>
public class DetectLanguageResultCollection : ReadOnlyCollection<DetectLanguageResult>
{
    internal DetectLanguageResultCollection(IList<DetectLanguageResult> results, string modelVersion)
        : base(results) => ModelVersion = modelVersion;

    /// <summary>The model that looked.</summary>
    public string ModelVersion { get; }
}
