using System.Text.Json;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>
/// Reads entities from OData 3 JSON. A type annotation may stand before or after its property, so the places of the values are gathered
/// first. Properties that are null are left out, as the service leaves them out.
/// </summary>
internal static class EntityJsonReader
{
    // Beyond the limit of the service, so that the limit itself is told by its own check, yet few enough to look names up one by one.
    private const int MostMembers = 600;

    public static TableResult<EntityBody> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var members = new List<Member>();
            return Gather(json, members) ?? ReadValues(json, members);
        }
        catch (JsonException malformed)
        {
            return TableError.InvalidInput($"The body is no JSON object: {malformed.Message}");
        }
        catch (InvalidOperationException)
        {
            return TableError.InvalidInput("The body has text that is no valid UTF-8 or UTF-16.");
        }
    }

    /// <summary>Lists the members with their types and the places of their values.</summary>
    private static TableError? Gather(ReadOnlySpan<byte> json, List<Member> members)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return TableError.InvalidInput("The body is no JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAnnotation = reader.ValueSpan.EndsWith("@odata.type"u8);
            var name = reader.GetString()!;
            name = isAnnotation ? name[..^"@odata.type".Length] : name;
            reader.Read();
            if (name.StartsWith("odata.", StringComparison.Ordinal) || (name.Contains('@', StringComparison.Ordinal) && !isAnnotation))
            {
                reader.Skip();
                continue;
            }

            var at = IndexOf(members, name);
            var member = at < 0 ? new Member(name, null, -1) : members[at];
            if (isAnnotation)
            {
                member = member with { Type = reader.TokenType == JsonTokenType.String ? reader.GetString() : string.Empty };
            }
            else if (member.Place >= 0)
            {
                return TableError.DuplicateProperty(name);
            }
            else
            {
                member = member with { Place = (int)reader.TokenStartIndex };
                reader.Skip();
            }

            if (at >= 0)
            {
                members[at] = member;
                continue;
            }

            members.Add(member);
            if (members.Count > MostMembers)
            {
                return TableError.TooManyProperties;
            }
        }

        // Whatever follows the object must be white space.
        while (reader.Read())
        {
        }

        return null;
    }

    private static TableResult<EntityBody> ReadValues(ReadOnlySpan<byte> json, List<Member> members)
    {
        string? partitionKey = null, rowKey = null;
        var properties = new List<EdmProperty>(members.Count);
        foreach (var member in members)
        {
            if (member.Place < 0 || member.Name == "Timestamp")
            {
                continue;
            }

            // Only the value is read, so it matters nothing that what follows it is no JSON text of its own.
            var reader = new Utf8JsonReader(json[member.Place..]);
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            if (!EdmJsonReader.TryRead(ref reader, member.Type, out var value))
            {
                return TableError.InvalidInput($"The value of the property '{member.Name}' is none of {member.Type ?? "a type that tables have"}.");
            }

            var isKey = member.Name is "PartitionKey" or "RowKey";
            if (!isKey)
            {
                properties.Add(new(member.Name, value));
            }
            else if (value.Type != EdmType.String)
            {
                return TableError.InvalidInput($"{member.Name} must be a string.");
            }
            else
            {
                (partitionKey, rowKey) = member.Name == "RowKey" ? (partitionKey, value.AsString()) : (value.AsString(), rowKey);
            }
        }

        return new EntityBody(partitionKey, rowKey, properties);
    }

    private static int IndexOf(List<Member> members, string name)
    {
        for (var i = members.Count - 1; i >= 0; i--)
        {
            if (members[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <param name="Name">Name of the property.</param>
    /// <param name="Type">Its annotated type; null for none.</param>
    /// <param name="Place">Where its value begins; -1 while only its annotation has been met.</param>
    private readonly record struct Member(string Name, string? Type, int Place);
}
