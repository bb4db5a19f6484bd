using System.Buffers;

namespace CityBrain.Language;

/// <summary>
/// Counts the hashed n-grams of texts (<see cref="NgramWalk"/>). Reused from text to text without allocating; not safe for two threads at once.
/// </summary>
internal sealed class NgramCounter(int bits)
{
    private const uint Golden = 2654435769;

    private readonly int _shift = 32 - bits;
    private int[] _slots = new int[4096];
    private uint[] _buckets = new uint[2048];
    private float[] _weights = new float[2048];

    /// <summary>Number of different n-grams.</summary>
    public int Count { get; private set; }

    /// <summary>Their buckets, in order of first occurrence.</summary>
    public ReadOnlySpan<uint> Buckets => _buckets.AsSpan(0, Count);

    /// <summary>How often each occurs, times the weight of the text it occurs in.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Count);

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Clear(_slots);
    }

    /// <summary>Adds the n-grams of a text, each occurrence with this weight.</summary>
    public void Add(ReadOnlySpan<char> text, float weight)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length + 1);
        var length = NgramText.Normalise(text, buffer);
        var sink = new Sink(this, weight);
        NgramWalk.Walk(buffer.AsSpan(0, length), ref sink);
        ArrayPool<char>.Shared.Return(buffer);
    }

    private void Add(uint bucket, float weight)
    {
        var at = SlotOf(bucket);
        if (_slots[at] is > 0 and var slot)
        {
            _weights[slot - 1] += weight;
            return;
        }

        if (Count == _buckets.Length)
        {
            Grow();
            at = SlotOf(bucket);
        }

        _buckets[Count] = bucket;
        _weights[Count] = weight;
        _slots[at] = ++Count;
    }

    /// <summary>The slot that holds the bucket, or the free one where it belongs.</summary>
    private int SlotOf(uint bucket)
    {
        var mask = _slots.Length - 1;
        var at = (int)((bucket * Golden) >> 8) & mask;
        while (_slots[at] is > 0 and var slot && _buckets[slot - 1] != bucket)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private void Grow()
    {
        Array.Resize(ref _buckets, Count * 2);
        Array.Resize(ref _weights, Count * 2);
        _slots = new int[Count * 4];
        for (var i = 0; i < Count; i++)
        {
            _slots[SlotOf(_buckets[i])] = i + 1;
        }
    }

    private readonly struct Sink(NgramCounter counter, float weight) : INgramSink
    {
        public void Take(int start, int length, uint hash) => counter.Add(hash >> counter._shift, weight);
    }
}
