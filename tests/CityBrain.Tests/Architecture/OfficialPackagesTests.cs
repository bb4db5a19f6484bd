using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CityBrain.Tests.Architecture;

/// <summary>The app stands on the official packages and knows no host, so that what runs here is what is deployed.</summary>
public sealed class OfficialPackagesTests
{
    /// <summary>What the registry does not serve here: see standins/README.md.</summary>
    private static readonly string[] StandIns = ["Azure.AI.TextAnalytics", "Microsoft.Azure.Functions.Worker.Extensions.ServiceBus"];

    [Theory]
    [InlineData("Azure.Data.Tables")]
    [InlineData("Azure.Messaging.ServiceBus")]
    [InlineData("Microsoft.Azure.Functions.Worker.Core")]
    [InlineData("Microsoft.Azure.Functions.Worker.Extensions.DurableTask")]
    [InlineData("Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore")]
    [InlineData("Microsoft.DurableTask.Abstractions")]
    [InlineData("Microsoft.DurableTask.Client")]
    public void FunctionsAssembly_References_TheOfficialPackage(string name) => Assert.Contains(References(), reference => reference.Name == name && reference.IsSigned);

    [Fact]
    public void FunctionsAssembly_References_NothingUnsignedUnderAnOfficialNameButTheStandIns() => Assert.Empty(References()
        .Where(reference => !reference.IsSigned && (reference.Name.StartsWith("Azure.", StringComparison.Ordinal) || reference.Name.StartsWith("Microsoft.", StringComparison.Ordinal)))
        .Select(reference => reference.Name)
        .Except(StandIns));

    [Fact]
    public void FunctionsAssembly_References_NothingOfTheEmbeddedHost() =>
        Assert.DoesNotContain(References(), reference => reference.Name.StartsWith("CityBrain.Embedded", StringComparison.Ordinal));

    /// <summary>The assemblies that the app's assembly names, and whether with a public key; the file is read, not loaded.</summary>
    private static List<(string Name, bool IsSigned)> References()
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "CityBrain.Functions.dll")));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(reference => (metadata.GetString(reference.Name), !reference.PublicKeyOrToken.IsNil))];
    }
}
