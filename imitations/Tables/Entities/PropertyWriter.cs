namespace CityBrain.Embedded.Tables.Entities;

/// <summary>Collects the properties of an entity; a null value is left out, as the service leaves it out.</summary>
internal sealed class PropertyWriter(int capacity)
{
    public List<EdmProperty> Properties { get; } = new(capacity);

    public void Add(string name, string? value) => AddIf(value is not null, name, value is null ? default : EdmValue.Of(value));

    public void Add(string name, bool? value) => AddIf(value.HasValue, name, EdmValue.Of(value.GetValueOrDefault()));

    public void Add(string name, int? value) => AddIf(value.HasValue, name, EdmValue.Of(value.GetValueOrDefault()));

    public void Add(string name, long? value) => AddIf(value.HasValue, name, EdmValue.Of(value.GetValueOrDefault()));

    public void Add(string name, double? value) => AddIf(value.HasValue, name, EdmValue.Of(value.GetValueOrDefault()));

    public void Add(string name, Guid? value) => AddIf(value.HasValue, name, EdmValue.Of(value.GetValueOrDefault()));

    public void Add(string name, DateTimeOffset? value) => AddIf(value.HasValue, name, EdmValue.Of(value.GetValueOrDefault()));

    /// <exception cref="NotSupportedException">The value is not marked as UTC; the official client refuses it too.</exception>
    public void Add(string name, DateTime? value)
    {
        if (value is { Kind: not DateTimeKind.Utc } local)
        {
            throw new NotSupportedException($"DateTime {local} of property '{name}' has a Kind of {local.Kind}; it must be UTC. Call DateTime.SpecifyKind, or use DateTimeOffset.");
        }

        AddIf(value.HasValue, name, EdmValue.Of(new DateTimeOffset(value.GetValueOrDefault(DateTime.UnixEpoch))));
    }

    public void Add(string name, byte[]? value) => AddIf(value is not null, name, value is null ? default : EdmValue.Of(value));

    public void Add(string name, BinaryData? value) => Add(name, value?.ToArray());

    /// <exception cref="NotSupportedException">The service has no such type.</exception>
    public void AddObject(string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                Add(name, text);
                break;
            case bool flag:
                Add(name, flag);
                break;
            case int number:
                Add(name, number);
                break;
            case long number:
                Add(name, number);
                break;
            case double number:
                Add(name, number);
                break;
            case DateTimeOffset instant:
                Add(name, instant);
                break;
            case DateTime instant:
                Add(name, instant);
                break;
            case Guid guid:
                Add(name, guid);
                break;
            case byte[] bytes:
                Add(name, bytes);
                break;
            case BinaryData data:
                Add(name, data);
                break;
            default:
                throw new NotSupportedException($"Not supported type {value.GetType()} of property '{name}'.");
        }
    }

    private void AddIf(bool present, string name, EdmValue value)
    {
        if (present)
        {
            Properties.Add(new(name, value));
        }
    }
}
