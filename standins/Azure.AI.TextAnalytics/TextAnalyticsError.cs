namespace Azure.AI.TextAnalytics;

/// <summary>Why a document could not be analysed.</summary>
public readonly struct TextAnalyticsError
{
    internal TextAnalyticsError(string code, string message, string? target) => (ErrorCode, Message, Target) = (code, message, target);

    /// <summary>Code of the service, such as <c>InvalidDocument</c>.</summary>
    public TextAnalyticsErrorCode ErrorCode { get; }

    /// <summary>What is wrong.</summary>
    public string Message { get; }

    /// <summary>What it is about.</summary>
    public string? Target { get; }
}

/// <summary>A code of the service.</summary>
public readonly struct TextAnalyticsErrorCode : IEquatable<TextAnalyticsErrorCode>
{
    private readonly string? _value;

    private TextAnalyticsErrorCode(string value) => _value = value;

    /// <summary>Equality.</summary>
    public static bool operator ==(TextAnalyticsErrorCode left, TextAnalyticsErrorCode right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(TextAnalyticsErrorCode left, TextAnalyticsErrorCode right) => !left.Equals(right);

    /// <summary>The code of a text.</summary>
    public static implicit operator TextAnalyticsErrorCode(string errorCode) => new(errorCode);

    /// <summary>The text of a code.</summary>
    public static explicit operator string(TextAnalyticsErrorCode errorCode) => errorCode.ToString();

    /// <inheritdoc/>
    public bool Equals(TextAnalyticsErrorCode other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TextAnalyticsErrorCode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_value ?? "");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";
}
