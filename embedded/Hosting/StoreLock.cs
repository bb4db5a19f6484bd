namespace CityBrain.Embedded.Hosting;

/// <summary>Keeps a second host away from a store, as long as this process lives.</summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a store.</summary>
    /// <param name="path">The store's file; the lock is a file beside it.</param>
    /// <exception cref="InvalidOperationException">Another process has it, or the folder cannot be written; the sentence says what to do.</exception>
    public static StoreLock Take(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            return new StoreLock(new FileStream(full + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The store '{full}' cannot be opened: {failure.Message} If another host runs on it, stop that one, or give this one its own Embedded:Path.", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
