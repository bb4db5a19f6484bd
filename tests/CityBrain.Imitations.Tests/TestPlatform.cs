using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.Tests;

/// <summary>An embedded platform in a folder of its own, deleted when the test ends.</summary>
public sealed class TestPlatform : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("citybrain-").FullName;

    public TestPlatform(double clockSpeed = 1, DateTimeOffset? clockStart = null) =>
        Platform = EmbeddedPlatform.Open(Options = new EmbeddedOptions { Path = Path.Combine(_folder, "city.db"), ClockSpeed = clockSpeed, ClockStart = clockStart });

    public EmbeddedOptions Options { get; }

    public EmbeddedPlatform Platform { get; private set; }

    /// <summary>Closes the platform and opens it again on the same file, as after a restart.</summary>
    public EmbeddedPlatform Reopen()
    {
        Platform.Dispose();
        return Platform = EmbeddedPlatform.Open(Options);
    }

    public void Dispose()
    {
        Platform.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
