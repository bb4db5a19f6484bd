using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded.TestApp;

/// <summary>Lines in a file that a test reads, to see from outside what the functions did. The file is named by the setting <c>Marks</c>.</summary>
public sealed class Marks(IConfiguration settings)
{
    private readonly Lock _lock = new();

    /// <summary>Writes a line.</summary>
    public void Add(string line)
    {
        if (settings["Marks"] is { Length: > 0 } file)
        {
            lock (_lock)
            {
                File.AppendAllText(file, line + Environment.NewLine);
            }
        }
    }
}
