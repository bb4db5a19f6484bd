namespace CityBrain.City;

/// <summary>A data file of the city is wrong; the message names the file and the place and says what to write.</summary>
public sealed class CityFileException(string file, string place, string problem, Exception? inner = null)
    : Exception($"{file}, {place}: {problem}", inner)
{
    /// <summary>The file.</summary>
    public string File { get; } = file;

    /// <summary>Where in the file: a line or an item.</summary>
    public string Place { get; } = place;
}
