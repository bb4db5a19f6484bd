using System.Buffers;
using System.Text.RegularExpressions;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>
/// The service's limits: "Understanding the Table service data model" and "Scalability and performance targets for Table storage".
/// Sizes count two bytes a character, as the service does.
/// </summary>
internal static partial class EntityLimits
{
    public const int ActionsInTransaction = 100;
    public const int LargestPage = 1000;
    private const int KeyCharacters = 1024;
    private const int OwnProperties = 252;
    private const int NameCharacters = 255;
    private const int ValueBytes = 64 * 1024;
    private const int EntityBytes = 1024 * 1024;
    private const int TransactionBytes = 4 * 1024 * 1024;

    private static readonly DateTimeOffset EarliestDateTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SearchValues<char> ForbiddenInKeys = SearchValues.Create([.. "/\\#?", .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code)]);

    public static TableError? CheckTableName(string name) => name switch
    {
        { Length: < 3 or > 63 } => TableError.ResourceNameOutOfRange,
        _ when !TableName().IsMatch(name) => TableError.InvalidResourceName,
        _ when name.Equals("tables", StringComparison.OrdinalIgnoreCase) => TableError.InvalidInput("'tables' is reserved."),
        _ => null,
    };

    public static TableError? CheckKeys(string partitionKey, string rowKey) => CheckKey("PartitionKey", partitionKey) ?? CheckKey("RowKey", rowKey);

    /// <summary>Checks one write by itself; what a merge leads to is checked with <see cref="CheckSize"/>.</summary>
    public static TableError? Check(TableWrite write) =>
        CheckKeys(write.PartitionKey, write.RowKey)
        ?? CheckCondition(write.IfMatch)
        ?? CheckProperties(write.Properties)
        ?? CheckSize(write, write.Properties);

    /// <summary>Checks number and total size of the properties that would be stored.</summary>
    public static TableError? CheckSize(TableWrite write, List<EdmProperty> properties) =>
        properties.Count > OwnProperties ? TableError.TooManyProperties
        : Size(write, properties) > EntityBytes ? TableError.EntityTooLarge
        : null;

    /// <summary>Checks a transaction as a whole, with the index of the action to blame, which is null when the whole is.</summary>
    public static (TableError Error, int? Action)? CheckTransaction(IReadOnlyList<TableWrite> writes)
    {
        if (writes.Count > ActionsInTransaction)
        {
            return (TableError.TooManyActions, ActionsInTransaction);
        }

        var rows = new HashSet<string>(writes.Count, StringComparer.Ordinal);
        var size = 0;
        for (var i = 0; i < writes.Count; i++)
        {
            if (writes[i].PartitionKey != writes[0].PartitionKey)
            {
                return (TableError.DifferentPartitions, i);
            }

            if (!rows.Add(writes[i].RowKey))
            {
                return (TableError.DuplicateRow, i);
            }

            if (Check(writes[i]) is { } error)
            {
                return (error, i);
            }

            size += Size(writes[i], writes[i].Properties);
        }

        return size > TransactionBytes ? (TableError.RequestBodyTooLarge, null) : null;
    }

    private static TableError? CheckKey(string name, string key) =>
        key.Length > KeyCharacters ? TableError.KeyValueTooLarge
        : key.AsSpan().ContainsAny(ForbiddenInKeys) ? TableError.OutOfRange(name)
        : null;

    private static TableError? CheckCondition(string? ifMatch) =>
        ifMatch is null or "*" || (ifMatch.StartsWith("W/\"", StringComparison.OrdinalIgnoreCase) && ifMatch.EndsWith('"')) ? null : TableError.InvalidInput("The ETag is malformed.");

    private static TableError? CheckProperties(List<EdmProperty> properties)
    {
        foreach (var property in properties)
        {
            if (CheckProperty(property) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static TableError? CheckProperty(EdmProperty property) => property switch
    {
        { Name.Length: > NameCharacters } => TableError.PropertyNameTooLong,
        _ when !IsIdentifier(property.Name) => TableError.PropertyNameInvalid,
        { Value.Type: EdmType.String } when property.Value.AsString().Length * 2 > ValueBytes => TableError.PropertyValueTooLarge,
        { Value.Type: EdmType.Binary } when property.Value.AsBinary().Length > ValueBytes => TableError.PropertyValueTooLarge,
        { Value.Type: EdmType.DateTime } when property.Value.AsDateTimeOffset() < EarliestDateTime => TableError.OutOfRange(property.Name),
        _ => null,
    };

    private static bool IsIdentifier(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            return false;
        }

        foreach (var character in name)
        {
            if (!char.IsLetterOrDigit(character) && character != '_')
            {
                return false;
            }
        }

        return true;
    }

    private static int Size(TableWrite write, List<EdmProperty> properties)
    {
        var size = 4 + (2 * (write.PartitionKey.Length + write.RowKey.Length));
        foreach (var property in properties)
        {
            size += 8 + (2 * property.Name.Length) + property.Value.Type switch
            {
                EdmType.String => 4 + (2 * property.Value.AsString().Length),
                EdmType.Binary => 4 + property.Value.AsBinary().Length,
                EdmType.Boolean => 1,
                EdmType.Int32 => 4,
                EdmType.Guid => 16,
                _ => 8,
            };
        }

        return size;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex TableName();
}
