namespace CityBrain.Embedded.Tables.Entities;

/// <summary>The property types of the Table service. The numbers are written to disk.</summary>
internal enum EdmType : byte
{
    String = 1,
    Boolean = 2,
    Int32 = 3,
    Int64 = 4,
    Double = 5,
    DateTime = 6,
    Guid = 7,
    Binary = 8,
}
