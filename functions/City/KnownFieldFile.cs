namespace CityBrain.City;

/// <summary>Reads <c>known-fields.json</c>.</summary>
internal static class KnownFieldFile
{
    public static KnownFields Load(string folder)
    {
        var file = new CityFile(folder, "known-fields.json");
        var fields = file.Read<Listing>().Fields;
        file.RequireUnique(fields, known => known.Field, Place);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var known in fields)
        {
            file.RequireName(known.Name, Place(known));
            foreach (var word in known.Words.Append(known.Field).DistinctBy(KnownFields.NormalForm))
            {
                var form = KnownFields.NormalForm(word);
                file.Require(form.Length > 0, Place(known), $"'{word}' holds neither letter nor digit; write a word.");
                file.Require(seen.TryAdd(form, known.Field), Place(known), $"'{word}' means '{seen[form]}' already; let each word mean one field.");
            }
        }

        return new(fields);
    }

    private static string Place(KnownField known) => $"field '{known.Field}'";

    private sealed record Listing(IReadOnlyList<KnownField> Fields);
}
