using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Azure.Data.Tables;

/// <summary>An entity with any properties, as a dictionary. Not thread-safe.</summary>
public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    internal const string ETagKey = "odata.etag";
    internal const string TimestampKey = "Timestamp";

    private readonly Dictionary<string, object> _properties;

    /// <summary>An entity without key and properties.</summary>
    public TableEntity() => _properties = [];

    /// <summary>An entity with the given properties, which may hold its key.</summary>
    public TableEntity(IDictionary<string, object> values) => _properties = values is null ? [] : new(values);

    /// <summary>An entity with the given key.</summary>
    public TableEntity(string partitionKey, string rowKey)
    {
        _properties = [];
        (PartitionKey, RowKey) = (partitionKey, rowKey);
    }

    /// <inheritdoc/>
    public string PartitionKey
    {
        get => GetString(nameof(PartitionKey))!;
        set => _properties[nameof(PartitionKey)] = value;
    }

    /// <inheritdoc/>
    public string RowKey
    {
        get => GetString(nameof(RowKey))!;
        set => _properties[nameof(RowKey)] = value;
    }

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(TimestampKey);
        set => _properties[TimestampKey] = value!;
    }

    /// <inheritdoc/>
    public ETag ETag
    {
        get => GetString(ETagKey) is { } etag ? new ETag(etag) : default;
        set => _properties[ETagKey] = value.ToString();
    }

    /// <summary>All names, the key, timestamp and version among them.</summary>
    public ICollection<string> Keys => _properties.Keys;

    /// <summary>Number of all properties, the key, timestamp and version among them.</summary>
    public int Count => _properties.Count;

    ICollection<object> IDictionary<string, object>.Values => _properties.Values;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    /// <summary>A property, null when it is missing. A property that is a long or a double stays one when an int is set.</summary>
    public object this[string key]
    {
        get => _properties.GetValueOrDefault(key)!;
        set => _properties[key] = Widen(_properties.GetValueOrDefault(key), value);
    }

    /// <summary>A string property, null when it is missing.</summary>
    /// <exception cref="InvalidOperationException">The property has another type; so for every Get method.</exception>
    public string? GetString(string key) => Get<string>(key);

    /// <summary>A binary property.</summary>
    public byte[]? GetBinary(string key) => Get<byte[]>(key);

    /// <summary>A binary property.</summary>
    public BinaryData? GetBinaryData(string key) => _properties.GetValueOrDefault(key) is byte[] bytes ? new BinaryData(bytes) : Get<BinaryData>(key);

    /// <summary>A bool property.</summary>
    public bool? GetBoolean(string key) => Get<bool?>(key);

    /// <summary>A date and time property, in UTC.</summary>
    public DateTime? GetDateTime(string key) => _properties.GetValueOrDefault(key) is DateTimeOffset instant ? instant.UtcDateTime : Get<DateTime?>(key);

    /// <summary>A date and time property.</summary>
    public DateTimeOffset? GetDateTimeOffset(string key) => _properties.GetValueOrDefault(key) is DateTime instant ? new DateTimeOffset(instant) : Get<DateTimeOffset?>(key);

    /// <summary>A double property.</summary>
    public double? GetDouble(string key) => Get<double?>(key);

    /// <summary>A GUID property.</summary>
    public Guid? GetGuid(string key) => Get<Guid?>(key);

    /// <summary>An int property.</summary>
    public int? GetInt32(string key) => Get<int?>(key);

    /// <summary>A long property.</summary>
    public long? GetInt64(string key) => Get<long?>(key);

    /// <inheritdoc/>
    public void Add(string key, object value) => _properties.Add(key, value);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    /// <inheritdoc/>
    public bool Remove(string key) => _properties.Remove(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value) => _properties.TryGetValue(key, out value);

    /// <inheritdoc/>
    public void Clear() => _properties.Clear();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => _properties.Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => ((ICollection<KeyValuePair<string, object>>)_properties).Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)_properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) => ((ICollection<KeyValuePair<string, object>>)_properties).Remove(item);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();

    /// <summary>The properties without interface dispatch, for the serializer.</summary>
    internal Dictionary<string, object>.Enumerator Properties() => _properties.GetEnumerator();

    private static object Widen(object? existing, object value) => (existing, value) switch
    {
        (long, int number) => (long)number,
        (double, int number) => (double)number,
        _ => value,
    };

    private T? Get<T>(string key) => _properties.GetValueOrDefault(key) switch
    {
        null => default,
        T value => value,
        var other => throw new InvalidOperationException($"Cannot return {typeof(T)} type for a {other.GetType()} typed property."),
    };
}
