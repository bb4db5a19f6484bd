using System.Collections.ObjectModel;

namespace Azure.AI.TextAnalytics;

/// <summary>What came of one document.</summary>
public class TextAnalyticsResult
{
    private readonly TextAnalyticsError? _error;

    internal TextAnalyticsResult(string id, TextAnalyticsError? error) => (Id, _error) = (id, error);

    /// <summary>Id of the document.</summary>
    public string Id { get; }

    /// <summary>True when the document could not be analysed.</summary>
    public bool HasError => _error is not null;

    /// <summary>Why not; the default value when all is well.</summary>
    public TextAnalyticsError Error => _error.GetValueOrDefault();

    private protected InvalidOperationException NoResult() => new($"Cannot access result for document {Id}, due to error {Error.ErrorCode}: {Error.Message}");
}

/// <summary>The personal data of a document, or its error.</summary>
public class RecognizePiiEntitiesResult : TextAnalyticsResult
{
    private readonly PiiEntityCollection? _entities;

    internal RecognizePiiEntitiesResult(string id, PiiEntityCollection entities)
        : base(id, null) => _entities = entities;

    internal RecognizePiiEntitiesResult(string id, TextAnalyticsError error)
        : base(id, error)
    {
    }

    /// <summary>What was found.</summary>
    /// <exception cref="InvalidOperationException">The document has an error.</exception>
    public PiiEntityCollection Entities => _entities ?? throw NoResult();
}

/// <summary>What came of the documents of a request, in their order.</summary>
public class RecognizePiiEntitiesResultCollection : ReadOnlyCollection<RecognizePiiEntitiesResult>
{
    internal RecognizePiiEntitiesResultCollection(IList<RecognizePiiEntitiesResult> results, string modelVersion)
        : base(results) => ModelVersion = modelVersion;

    /// <summary>The model that looked.</summary>
    public string ModelVersion { get; }
}
