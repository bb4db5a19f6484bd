using System.IO.MemoryMappedFiles;

namespace CityBrain.Embedded.Companion;

/// <summary>
/// A reading that one process writes and others read through a mapped file, so that all of them show one time at once. The writer makes the
/// edition odd while it writes; a reader that meets an odd or changed edition reads again. One writer; any number of readers.
/// </summary>
internal sealed class ClockBoard : IDisposable
{
    private const int Size = 4 * sizeof(long);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private ClockBoard(string path, MemoryMappedFile file) => (Path, _file, _view) = (path, file, file.CreateViewAccessor(0, Size));

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Number of the reading; it changes with every change of the reading.</summary>
    public long Edition => Volatile.Read(ref Field(0));

    /// <summary>Makes the board; a file of an earlier process is written anew.</summary>
    public static ClockBoard Create(string path, ClockReading reading)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var board = new ClockBoard(path, MemoryMappedFile.CreateFromFile(stream, null, Size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false));
        board.Write(reading);
        return board;
    }

    /// <summary>Opens the board of another process.</summary>
    public static ClockBoard Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return new ClockBoard(path, MemoryMappedFile.CreateFromFile(stream, null, Size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false));
    }

    /// <summary>Writes a reading.</summary>
    public void Write(ClockReading reading)
    {
        var edition = Edition | 1;
        Volatile.Write(ref Field(0), edition);
        Volatile.Write(ref Field(1), reading.OriginTicks);
        Volatile.Write(ref Field(2), reading.Timestamp);
        Volatile.Write(ref Field(3), BitConverter.DoubleToInt64Bits(reading.Speed));
        Volatile.Write(ref Field(0), edition + 1);
    }

    /// <summary>The reading.</summary>
    public ClockReading Read()
    {
        var spin = new SpinWait();
        while (true)
        {
            var edition = Edition;
            var reading = new ClockReading(Volatile.Read(ref Field(1)), Volatile.Read(ref Field(2)), BitConverter.Int64BitsToDouble(Volatile.Read(ref Field(3))));
            if ((edition & 1) == 0 && Edition == edition)
            {
                return reading;
            }

            spin.SpinOnce();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private unsafe ref long Field(int index) => ref ((long*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle())[index];
}
