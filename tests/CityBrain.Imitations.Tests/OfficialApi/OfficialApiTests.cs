using System.Reflection;
using System.Runtime.CompilerServices;
using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.Tests.OfficialApi;

/// <summary>What the embedded platform declares in official namespaces is a subset of the official API, so that the app compiles against both.</summary>
public sealed class OfficialApiTests
{
    private static readonly string[] OfficialRoots = ["Microsoft.", "Azure.", "DurableTask."];

    [Fact]
    public void EmbeddedAssembly_OfficialNamespaces_DeclareOnlyWhatIsOfficial()
    {
        var listing = OfficialListing.Load();
        var faults = VisibleTypes().Where(type => IsOfficial(type.Namespace)).SelectMany(listing.Faults).ToList();
        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n  {string.Join("\n  ", faults)}");
    }

    [Fact]
    public void EmbeddedAssembly_OtherNamespaces_AreItsOwn()
    {
        var strangers = VisibleTypes().Where(type => !IsOfficial(type.Namespace) && !$"{type.Namespace}.".StartsWith("CityBrain.Embedded.", StringComparison.Ordinal));
        Assert.Empty(strangers.Select(ApiPrinter.Name));
    }

    [Fact]
    public void Faults_TypeThatDiffers_NamesEveryDifference()
    {
        var listing = new OfficialListing();
        listing.Read([
            $"T:{typeof(Sample).FullName!.Replace('+', '.')} sealed class : System.IDisposable",
            "  .ctor(System.String name=)",
            "  System.Threading.Tasks.Task{``0} GetAsync<1>(System.Int32 count) virtual",
            "  System.String Name { get; init; }",
        ]);
        var faults = listing.Faults(typeof(Sample)).ToList();
        Assert.Contains(faults, fault => fault.Contains("is a class, the official one is a sealed class", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("lacks the base System.IDisposable", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("'.ctor(System.String name)'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("'System.Threading.Tasks.Task{``0} GetAsync<1>(System.Nullable{System.Int32} count=) virtual'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("'System.String Name { get; set; }'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("'System.Void Extra(System.Int32@ value) static protected'", StringComparison.Ordinal));
        Assert.Equal(6, faults.Count);
    }

    /// <summary>True for a namespace, or a full name, of the official packages.</summary>
    internal static bool IsOfficial(string? name) => OfficialRoots.Any(root => $"{name}.".StartsWith(root, StringComparison.Ordinal));

    private static IEnumerable<Type> VisibleTypes() => typeof(EmbeddedPlatform).Assembly.GetTypes().Where(type => IsVisible(type) && !type.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

#pragma warning disable CA1034, CA1822, CA1716, CA1052 // A deliberately different type.
    public class Sample(string name)
    {
        public string Name { get; set; } = name;

        public virtual Task<T> GetAsync<T>(int? count = null) => Task.FromException<T>(new InvalidOperationException(Name + count));

        protected static void Extra(out int value) => value = 0;
    }
#pragma warning restore
}
