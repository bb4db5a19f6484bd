using System.Text.Json;
using System.Text.Json.Serialization;

namespace CityBrain.City;

/// <summary>A data file of the city: reads it, and says what is wrong with it.</summary>
internal sealed class CityFile(string folder, string name)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads the file as a record that lists exactly the members it may have.</summary>
    /// <exception cref="CityFileException">The file is missing, no JSON, or of another shape.</exception>
    public T Read<T>()
        where T : class
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(folder, name));
            return JsonSerializer.Deserialize<T>(stream, Json) ?? throw Error("line 1", "the file says null; write an object.");
        }
        catch (JsonException exception)
        {
            throw Error($"line {(exception.LineNumber ?? 0) + 1}", Reason(exception), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Error("whole file", $"cannot be read from '{Path.GetFullPath(folder)}'; put it there, or set City:Folder to the folder that holds it.", exception);
        }
    }

    /// <summary>Finds the first element whose key occurred before.</summary>
    public void RequireUnique<T>(IEnumerable<T> items, Func<T, string> key, Func<T, string> place)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var item in items)
        {
            Require(seen.Add(key(item)), place(item), "the id is taken already; give each its own.");
        }
    }

    /// <summary>Stops the start unless a condition holds.</summary>
    public void Require(bool condition, string place, string problem)
    {
        if (!condition)
        {
            throw Error(place, problem);
        }
    }

    /// <summary>Stops the start unless an id can be a key and a part of a URL.</summary>
    public void RequireId(string id, string place) =>
        Require(id.Length is > 0 and <= 64 && id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'), place, $"'{id}' cannot be an id; write 1 to 64 lower-case letters, digits and hyphens.");

    /// <summary>Stops the start unless a name is there in both languages.</summary>
    public void RequireName(LocalizedName name, string place) =>
        Require(!string.IsNullOrWhiteSpace(name.En) && !string.IsNullOrWhiteSpace(name.Zh), place, "a name is empty; write it in 'en' and in 'zh'.");

    /// <summary>What to throw.</summary>
    public CityFileException Error(string place, string problem, Exception? inner = null) => new(name, place, problem, inner);

    // The serializer ends its messages with path and line, which the caller has said already in the city's own words.
    private static string Reason(JsonException exception)
    {
        var end = exception.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        var message = end < 0 ? exception.Message : exception.Message[..end];
        return exception.Path is { Length: > 0 } path ? $"at {path}: {message}" : message;
    }
}
