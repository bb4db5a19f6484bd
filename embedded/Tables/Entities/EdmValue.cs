namespace CityBrain.Embedded.Tables.Entities;

/// <summary>A property value of one of the service's types, without boxing for numbers, booleans and instants.</summary>
internal readonly struct EdmValue : IEquatable<EdmValue>
{
    private readonly long _bits;
    private readonly object? _reference;

    private EdmValue(EdmType type, long bits, object? reference = null) => (Type, _bits, _reference) = (type, bits, reference);

    public EdmType Type { get; }

    public static EdmValue Of(string value) => new(EdmType.String, 0, value);

    public static EdmValue Of(bool value) => new(EdmType.Boolean, value ? 1 : 0);

    public static EdmValue Of(int value) => new(EdmType.Int32, value);

    public static EdmValue Of(long value) => new(EdmType.Int64, value);

    public static EdmValue Of(double value) => new(EdmType.Double, BitConverter.DoubleToInt64Bits(value));

    public static EdmValue Of(DateTimeOffset value) => new(EdmType.DateTime, value.UtcTicks);

    public static EdmValue Of(Guid value) => new(EdmType.Guid, 0, value);

    public static EdmValue Of(byte[] value) => new(EdmType.Binary, 0, value);

    /// <summary>The value, boxed.</summary>
    public object ToObject() => Type switch
    {
        EdmType.Boolean => AsBoolean(),
        EdmType.Int32 => AsInt32(),
        EdmType.Int64 => AsInt64(),
        EdmType.Double => AsDouble(),
        EdmType.DateTime => AsDateTimeOffset(),
        _ => _reference!,
    };

    public string AsString() => Type == EdmType.String ? (string)_reference! : throw Mismatch(EdmType.String);

    public bool AsBoolean() => Type == EdmType.Boolean ? _bits != 0 : throw Mismatch(EdmType.Boolean);

    public int AsInt32() => Type == EdmType.Int32 ? (int)_bits : throw Mismatch(EdmType.Int32);

    /// <summary>Also reads an Int32.</summary>
    public long AsInt64() => Type is EdmType.Int64 or EdmType.Int32 ? _bits : throw Mismatch(EdmType.Int64);

    /// <summary>Also reads an Int32.</summary>
    public double AsDouble() => Type switch
    {
        EdmType.Double => BitConverter.Int64BitsToDouble(_bits),
        EdmType.Int32 => _bits,
        _ => throw Mismatch(EdmType.Double),
    };

    public DateTimeOffset AsDateTimeOffset() => Type == EdmType.DateTime ? new DateTimeOffset(_bits, TimeSpan.Zero) : throw Mismatch(EdmType.DateTime);

    public Guid AsGuid() => Type == EdmType.Guid ? (Guid)_reference! : throw Mismatch(EdmType.Guid);

    public byte[] AsBinary() => Type == EdmType.Binary ? (byte[])_reference! : throw Mismatch(EdmType.Binary);

    public bool Equals(EdmValue other) => Type == other.Type && _bits == other._bits && (Type, _reference, other._reference) switch
    {
        (EdmType.Binary, byte[] mine, byte[] its) => mine.AsSpan().SequenceEqual(its),
        var (_, mine, its) => Equals(mine, its),
    };

    public override bool Equals(object? obj) => obj is EdmValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Type, _bits);

    public override string ToString() => $"{Type} {ToObject()}";

    private InvalidOperationException Mismatch(EdmType wanted) => new($"A property of type Edm.{Type} cannot be read as Edm.{wanted}.");
}
