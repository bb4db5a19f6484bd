namespace CityBrain.Embedded.Tests.OfficialApi;

/// <summary>The official types with their kind, bases and members, from every <c>tests/data/official-*.txt</c>.</summary>
internal sealed class OfficialListing
{
    private readonly Dictionary<string, OfficialType> _types = new(StringComparer.Ordinal);

    public static OfficialListing Load()
    {
        var listing = new OfficialListing();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot(), "tests", "data"), "official-*.txt").Order(StringComparer.Ordinal))
        {
            listing.Read(File.ReadLines(file));
        }

        return listing;
    }

    /// <summary>What is wrong with a type of ours, one sentence for each fault.</summary>
    public IEnumerable<string> Faults(Type type)
    {
        var name = ApiPrinter.Name(type);
        if (!_types.TryGetValue(name, out var official))
        {
            yield return $"{name}: no such type is official.";
            yield break;
        }

        if (ApiPrinter.Kind(type) != official.Kind)
        {
            yield return $"{name}: is a {ApiPrinter.Kind(type)}, the official one is a {official.Kind}.";
        }

        var bases = ApiPrinter.Bases(type).ToHashSet(StringComparer.Ordinal);
        if (official.Kind is not ("enum" or "delegate"))
        {
            foreach (var extra in bases.Except(official.Bases))
            {
                yield return $"{name}: has the base {extra}, the official one has not.";
            }

            foreach (var missing in official.Bases.Except(bases).Where(missing => !IsUndeclared(missing, type)))
            {
                yield return $"{name}: lacks the base {missing}.";
            }
        }

        foreach (var member in ApiPrinter.Members(type).Where(member => !Lists(official, member)))
        {
            yield return $"{name}: '{member}' is not official.{Nearest(official, member)}";
        }
    }

    internal void Read(IEnumerable<string> lines)
    {
        OfficialType? current = null;
        foreach (var line in lines)
        {
            if (line.StartsWith("T:", StringComparison.Ordinal))
            {
                current = OfficialType.Parse(line[2..]);
                _types[current.Name] = current;
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal) && current is not null)
            {
                current.Members.UnionWith(current.Kind == "enum" ? line.Trim().Split(", ") : [line.Trim()]);
            }
        }
    }

    /// <summary>What is not implemented is not declared: an official interface may be missing as a whole.</summary>
    private static bool IsUndeclared(string name, Type type) =>
        OfficialApiTests.IsOfficial(name) && type.Assembly.GetType(name.Split('{')[0]) is null && !name.Contains('{', StringComparison.Ordinal);

    /// <summary>A constructor of an abstract class may be public or protected: nobody can tell the difference.</summary>
    private static bool Lists(OfficialType official, string member) =>
        official.Members.Contains(member)
        || (official.Kind == "abstract class" && member.StartsWith(".ctor(", StringComparison.Ordinal) && official.Members.Contains(member.Replace(" protected", "", StringComparison.Ordinal)));

    private static string Nearest(OfficialType official, string member)
    {
        var start = member.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space && !member.StartsWith('.') ? member[(space + 1)..] : member;
        var word = new string([.. start.TakeWhile(character => char.IsLetterOrDigit(character) || character is '.' or '_')]);
        var candidates = official.Members.Where(candidate => word.Length > 0 && candidate.Contains(word, StringComparison.Ordinal)).ToList();
        return candidates.Count == 0 ? "" : "\n      official: " + string.Join("\n      official: ", candidates);
    }

    internal static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CityBrain.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests must run inside the repository: CityBrain.slnx was not found above them.");
        }

        return folder.FullName;
    }

    private sealed record OfficialType(string Name, string Kind, HashSet<string> Bases, HashSet<string> Members)
    {
        public static OfficialType Parse(string line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var parts = line[(space + 1)..].Split(" : ", 2);
            return new(line[..space], parts[0], parts.Length < 2 ? [] : [.. parts[1].Split(", ")], new(StringComparer.Ordinal));
        }
    }
}
