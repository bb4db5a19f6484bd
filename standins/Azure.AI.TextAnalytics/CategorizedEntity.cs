using System.Collections.ObjectModel;

namespace Azure.AI.TextAnalytics;

/// <summary>A thing that a text names.</summary>
public readonly struct CategorizedEntity
{
    internal CategorizedEntity(string text, EntityCategory category, string? subCategory, double confidence, int offset, int length) =>
        (Text, Category, SubCategory, ConfidenceScore, Offset, Length) = (text, category, subCategory, confidence, offset, length);

    /// <summary>The name, as it stands in the text.</summary>
    public string Text { get; }

    /// <summary>What kind of thing.</summary>
    public EntityCategory Category { get; }

    /// <summary>What kind more exactly, such as <c>GPE</c>; null when the service does not say.</summary>
    public string? SubCategory { get; }

    /// <summary>From 0 to 1.</summary>
    public double ConfidenceScore { get; }

    /// <summary>Where it starts, in UTF-16 code units.</summary>
    public int Offset { get; }

    /// <summary>How long it is, in UTF-16 code units.</summary>
    public int Length { get; }
}

/// <summary>A kind of thing, by the service's name.</summary>
public readonly struct EntityCategory : IEquatable<EntityCategory>
{
    /// <summary>An address.</summary>
    public static readonly EntityCategory Address = new("Address");

    /// <summary>A place: a landmark, a building, a part of the land, a city, a country.</summary>
    public static readonly EntityCategory Location = new("Location");

    private readonly string? _value;

    private EntityCategory(string category) => _value = category;

    /// <summary>Equality.</summary>
    public static bool operator ==(EntityCategory left, EntityCategory right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(EntityCategory left, EntityCategory right) => !left.Equals(right);

    /// <summary>The kind of a name.</summary>
    public static implicit operator EntityCategory(string category) => new(category);

    /// <summary>The name of a kind.</summary>
    public static explicit operator string(EntityCategory category) => category.ToString();

    /// <inheritdoc/>
    public bool Equals(EntityCategory other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EntityCategory other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_value ?? "");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";
}

/// <summary>What one document names.</summary>
public class CategorizedEntityCollection : ReadOnlyCollection<CategorizedEntity>
{
    internal CategorizedEntityCollection(IList<CategorizedEntity> entities)
        : base(entities)
    {
    }
}

/// <summary>What a document names, or its error.</summary>
public class RecognizeEntitiesResult : TextAnalyticsResult
{
    private readonly CategorizedEntityCollection? _entities;

    internal RecognizeEntitiesResult(string id, CategorizedEntityCollection entities)
        : base(id, null) => _entities = entities;

    internal RecognizeEntitiesResult(string id, TextAnalyticsError error)
        : base(id, error)
    {
    }

    /// <summary>What was found.</summary>
    /// <exception cref="InvalidOperationException">The document has an error.</exception>
    public CategorizedEntityCollection Entities => _entities ?? throw NoResult();
}

/// <summary>What came of the documents of a request, in their order.</summary>
public class RecognizeEntitiesResultCollection : ReadOnlyCollection<RecognizeEntitiesResult>
{
    internal RecognizeEntitiesResultCollection(IList<RecognizeEntitiesResult> results, string modelVersion)
        : base(results) => ModelVersion = modelVersion;

    /// <summary>The model that looked.</summary>
    public string ModelVersion { get; }
}
