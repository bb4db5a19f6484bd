using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CityBrain.Tests.Architecture;

/// <summary>The app knows only the official APIs, so that the same code runs on the embedded platform and in Azure.</summary>
public sealed class OneAppTwoPlatformsTests
{
    [Fact]
    public void FunctionsAssembly_References_NoTypeOfTheEmbeddedPlatformItself() =>
        Assert.DoesNotContain(ReferencedTypes(Path.Combine(AppContext.BaseDirectory, "CityBrain.Functions.dll")), type => type.StartsWith("CityBrain.Embedded", StringComparison.Ordinal));

    [Fact]
    public void ReferencedTypes_ThisAssembly_FindsWhatItUses() =>
        Assert.Contains("Xunit.FactAttribute", ReferencedTypes(typeof(OneAppTwoPlatformsTests).Assembly.Location));

    /// <summary>Full names of the types that an assembly file names and does not define; the file is read, not loaded.</summary>
    private static List<string> ReferencedTypes(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }
}
