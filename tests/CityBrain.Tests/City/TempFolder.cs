namespace CityBrain.Tests.City;

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("city-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
