namespace Azure.Data.Tables.Models;

/// <summary>The service's error codes, to compare with <see cref="RequestFailedException.ErrorCode"/>. Compared without case.</summary>
/// <param name="value">The code as the service sends it.</param>
public readonly struct TableErrorCode(string value) : IEquatable<TableErrorCode>
{
    private readonly string? _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The actions of a transaction have different partition keys.</summary>
    public static TableErrorCode CommandsInBatchActOnDifferentPartitions => new(nameof(CommandsInBatchActOnDifferentPartitions));

    /// <summary>A property is given twice.</summary>
    public static TableErrorCode DuplicatePropertiesSpecified => new(nameof(DuplicatePropertiesSpecified));

    /// <summary>An entity with this key exists.</summary>
    public static TableErrorCode EntityAlreadyExists => new(nameof(EntityAlreadyExists));

    /// <summary>There is no entity with this key.</summary>
    public static TableErrorCode EntityNotFound => new(nameof(EntityNotFound));

    /// <summary>The entity is larger than 1 MiB.</summary>
    public static TableErrorCode EntityTooLarge => new(nameof(EntityTooLarge));

    /// <summary>The caller may not do this.</summary>
    public static TableErrorCode Forbidden => new(nameof(Forbidden));

    /// <summary>An entity appears twice in a transaction.</summary>
    public static TableErrorCode InvalidDuplicateRow => new(nameof(InvalidDuplicateRow));

    /// <summary>The request is not well formed.</summary>
    public static TableErrorCode InvalidInput => new(nameof(InvalidInput));

    /// <summary>A value is not of its declared type.</summary>
    public static TableErrorCode InvalidValueType => new(nameof(InvalidValueType));

    /// <summary>A key is longer than 1,024 characters.</summary>
    public static TableErrorCode KeyValueTooLarge => new(nameof(KeyValueTooLarge));

    /// <summary>The service did not finish in time.</summary>
    public static TableErrorCode OperationTimedOut => new(nameof(OperationTimedOut));

    /// <summary>A value is outside its range, such as a key with a forbidden character.</summary>
    public static TableErrorCode OutOfRangeInput => new(nameof(OutOfRangeInput));

    /// <summary>A required value is missing.</summary>
    public static TableErrorCode PropertiesNeedValue => new(nameof(PropertiesNeedValue));

    /// <summary>A property name is not an identifier.</summary>
    public static TableErrorCode PropertyNameInvalid => new(nameof(PropertyNameInvalid));

    /// <summary>A property name is longer than 255 characters.</summary>
    public static TableErrorCode PropertyNameTooLong => new(nameof(PropertyNameTooLong));

    /// <summary>A string or binary value is larger than 64 KiB.</summary>
    public static TableErrorCode PropertyValueTooLarge => new(nameof(PropertyValueTooLarge));

    /// <summary>There is no such entity.</summary>
    public static TableErrorCode ResourceNotFound => new(nameof(ResourceNotFound));

    /// <summary>A table with this name exists.</summary>
    public static TableErrorCode TableAlreadyExists => new(nameof(TableAlreadyExists));

    /// <summary>The table is being deleted.</summary>
    public static TableErrorCode TableBeingDeleted => new(nameof(TableBeingDeleted));

    /// <summary>There is no such table.</summary>
    public static TableErrorCode TableNotFound => new(nameof(TableNotFound));

    /// <summary>The entity has more than 252 properties of its own.</summary>
    public static TableErrorCode TooManyProperties => new(nameof(TooManyProperties));

    /// <summary>The stored version is not the one given.</summary>
    public static TableErrorCode UpdateConditionNotSatisfied => new(nameof(UpdateConditionNotSatisfied));

    /// <summary>True when the codes are the same.</summary>
    public static bool operator ==(TableErrorCode left, TableErrorCode right) => left.Equals(right);

    /// <summary>True when the code is the given text.</summary>
    public static bool operator ==(TableErrorCode code, string? value) => value is not null && code.Equals(value);

    /// <summary>True when the code is the given text.</summary>
    public static bool operator ==(string? value, TableErrorCode code) => code == value;

    /// <summary>True when the codes differ.</summary>
    public static bool operator !=(TableErrorCode left, TableErrorCode right) => !left.Equals(right);

    /// <summary>True when the code is not the given text.</summary>
    public static bool operator !=(TableErrorCode code, string? value) => !(code == value);

    /// <summary>True when the code is not the given text.</summary>
    public static bool operator !=(string? value, TableErrorCode code) => !(code == value);

    /// <summary>The code that a text names.</summary>
    public static implicit operator TableErrorCode(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(TableErrorCode other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TableErrorCode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
