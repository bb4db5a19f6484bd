using System.Reflection;
using System.Text.RegularExpressions;

namespace CityBrain.Tests.Architecture;

public sealed partial class SourceRulesTests
{
    private static readonly string Functions = Path.Combine(RepositoryRoot(), "functions");

    private static IEnumerable<string> Sources => Directory.EnumerateFiles(Functions, "*.cs", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(Functions, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    [Fact]
    public void Sources_AreThere() => Assert.InRange(Sources.Count(), 50, int.MaxValue);

    [Fact]
    public void Sources_NoHiddenClockChanceOrWait() =>
        Assert.All(Sources, path => Assert.DoesNotMatch(Hidden(), WithoutComments(path)));

    [Fact]
    [Trait("behaviour", "Language service: nothing rests on features that retire")]
    public void Sources_UseNoFeatureOfTheLanguageServiceThatRetires() =>
        Assert.All(Sources, path => Assert.DoesNotMatch(Retiring(), File.ReadAllText(path)));

    [Fact]
    public void Sources_AreShort() => Assert.All(Sources, path => Assert.InRange(File.ReadLines(path).Count(), 1, 300));

    [Fact]
    public void Folders_DependOnEachOtherOneWay()
    {
        var uses = Sources.Select(path => (From: FolderOf(path), Path: path)).Where(source => source.From.Length > 0)
            .SelectMany(source => Usings().Matches(File.ReadAllText(source.Path)).Select(match => (source.From, To: match.Groups["folder"].Value)))
            .Where(use => use.From != use.To && Directory.Exists(Path.Combine(Functions, use.To)))
            .ToLookup(use => use.From, use => use.To);
        AssertNoCircle(uses);
    }

    [Fact]
    public void Namespaces_ReferToEachOtherOneWay()
    {
        var types = typeof(CityJson).Assembly.GetTypes().Where(type => FolderOf(type).Length > 0).ToList();
        var uses = types.SelectMany(type => ReferencesOf(type).Select(other => (From: FolderOf(type), To: FolderOf(other))))
            .Where(use => use.To.Length > 0 && use.From != use.To)
            .Distinct()
            .ToLookup(use => use.From, use => use.To);
        Assert.NotEmpty(uses);
        AssertNoCircle(uses);
    }

    private static void AssertNoCircle(ILookup<string, string> uses)
    {
        foreach (var start in uses.Select(group => group.Key))
        {
            var (seen, next) = (new HashSet<string>(), new Queue<(string At, string Way)>([(start, start)]));
            while (next.TryDequeue(out var step))
            {
                foreach (var to in uses[step.At].Distinct())
                {
                    Assert.False(to == start, $"A circle: {step.Way} -> {to}");
                    if (seen.Add(to))
                    {
                        next.Enqueue((to, $"{step.Way} -> {to}"));
                    }
                }
            }
        }
    }

    /// <summary>What a type shows and holds: its base types, members' types, and the locals of its methods.</summary>
    private static IEnumerable<Type> ReferencesOf(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var methods = type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).ToList();
        return type.GetInterfaces().Append(type.BaseType ?? typeof(object))
            .Concat(type.GetFields(All).Select(field => field.FieldType))
            .Concat(methods.OfType<MethodInfo>().Select(method => method.ReturnType))
            .Concat(methods.SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)))
            .Concat(methods.SelectMany(method => method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []))
            .SelectMany(Flat);
    }

    private static IEnumerable<Type> Flat(Type type) => type.HasElementType
        ? Flat(type.GetElementType()!)
        : type.GetGenericArguments().SelectMany(Flat).Append(type);

    private static string FolderOf(Type type) =>
        type.Assembly == typeof(CityJson).Assembly && type.Namespace?.Split('.') is ["CityBrain", var folder, ..] ? folder : "";

    private static string FolderOf(string path) =>
        Path.GetRelativePath(Functions, path).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : "";

    private static string WithoutComments(string path) => Comments().Replace(File.ReadAllText(path), "");

    private static string RepositoryRoot()
    {
        var at = new DirectoryInfo(Path.GetDirectoryName(typeof(SourceRulesTests).Assembly.Location)!);
        while (!File.Exists(Path.Combine(at.FullName, "CityBrain.slnx")))
        {
            at = at.Parent ?? throw new InvalidOperationException("CityBrain.slnx is in no folder above the test assembly.");
        }

        return at.FullName;
    }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|\bGuid\.(NewGuid|CreateVersion7)\b|\bTask\.Delay\b|\bThread\.Sleep\b|\bEnvironment\.TickCount|\bRandom\.Shared\b|\bnew Random\b|\bStopwatch\.StartNew\b")]
    private static partial Regex Hidden();

    [GeneratedRegex("KeyPhrase|Sentiment|LinkedEntit|AbstractiveSummar|ExtractiveSummar", RegexOptions.IgnoreCase)]
    private static partial Regex Retiring();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?CityBrain\.(?<folder>\w+)", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comments();
}
