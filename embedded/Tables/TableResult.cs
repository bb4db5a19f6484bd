using System.Diagnostics.CodeAnalysis;

namespace CityBrain.Embedded.Tables;

/// <summary>What the service answers: a value, or why it refused. Expected refusals are no exceptions.</summary>
internal readonly struct TableResult<T>
{
    private TableResult(T? value, TableError? error) => (Value, Error) = (value, error);

    public T? Value { get; }

    public TableError? Error { get; }

    public static implicit operator TableResult<T>(T value) => new(value, null);

    public static implicit operator TableResult<T>(TableError error) => new(default, error);

    /// <summary>True when there is a value.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out TableError? error)
    {
        (value, error) = (Value, Error);
        return error is null;
    }
}
