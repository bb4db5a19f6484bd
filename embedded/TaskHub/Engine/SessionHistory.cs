namespace CityBrain.Embedded.TaskHub;

/// <summary>Frames of an execution's past events, kept in memory between turns.</summary>
internal sealed class SessionHistory
{
    private byte[] _frames = [];
    private int _length;

    /// <summary>The frames.</summary>
    public ReadOnlySpan<byte> Frames => _frames.AsSpan(0, _length);

    /// <summary>Bytes of memory.</summary>
    public int Bytes => _frames.Length;

    /// <summary>Takes over frames in place of what was there.</summary>
    public void Set(byte[] frames) => (_frames, _length) = (frames, frames.Length);

    /// <summary>Appends the frames of a turn.</summary>
    public void Append(byte[] turn)
    {
        var needed = _length + turn.Length;
        if (needed > _frames.Length)
            Array.Resize(ref _frames, Math.Max(needed, _frames.Length * 3 / 2));
        turn.CopyTo(_frames, _length);
        _length = needed;
    }
}
