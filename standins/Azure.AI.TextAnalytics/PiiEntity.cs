using System.Collections.ObjectModel;

namespace Azure.AI.TextAnalytics;

/// <summary>A piece of personal data in a text.</summary>
public readonly struct PiiEntity
{
    internal PiiEntity(string text, PiiEntityCategory category, double confidence, int offset, int length) =>
        (Text, Category, ConfidenceScore, Offset, Length) = (text, category, confidence, offset, length);

    /// <summary>The piece.</summary>
    public string Text { get; }

    /// <summary>What kind of data.</summary>
    public PiiEntityCategory Category { get; }

    /// <summary>From 0 to 1.</summary>
    public double ConfidenceScore { get; }

    /// <summary>Where it starts, in UTF-16 code units.</summary>
    public int Offset { get; }

    /// <summary>How long it is, in UTF-16 code units.</summary>
    public int Length { get; }
}

/// <summary>A kind of personal data, by the service's name.</summary>
public readonly struct PiiEntityCategory : IEquatable<PiiEntityCategory>
{
    private readonly string? _value;

    /// <param name="value">Name of the kind.</param>
    public PiiEntityCategory(string value) => _value = value;

    /// <summary>Equality.</summary>
    public static bool operator ==(PiiEntityCategory left, PiiEntityCategory right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(PiiEntityCategory left, PiiEntityCategory right) => !left.Equals(right);

    /// <summary>The kind of a name.</summary>
    public static implicit operator PiiEntityCategory(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(PiiEntityCategory other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PiiEntityCategory other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_value ?? "");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";
}

/// <summary>The personal data of one document.</summary>
public class PiiEntityCollection : ReadOnlyCollection<PiiEntity>
{
    internal PiiEntityCollection(IList<PiiEntity> entities, string redactedText)
        : base(entities) => RedactedText = redactedText;

    /// <summary>The text as the service redacts it.</summary>
    public string RedactedText { get; }
}
