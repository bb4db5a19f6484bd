using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CityBrain.EarlyWarning.Topics;

/// <summary>
/// Who wrote about a topic, and on which day last: hashes only. Exact while they are few; of many the latest are remembered, and those forgotten stay
/// counted (one of them who writes again counts again).
/// </summary>
internal sealed class TopicReporters
{
    /// <summary>Reporters that are remembered.</summary>
    public const int Remembered = 1024;

    private readonly Dictionary<ulong, int> _lastDays = [];

    /// <summary>Reporters that were counted and are no longer remembered.</summary>
    public int Forgotten { get; private set; }

    /// <summary>Distinct reporters.</summary>
    public int Count => _lastDays.Count + Forgotten;

    /// <summary>The remembered ones with the number of their last day, in an order that does not depend on how they came.</summary>
    public IEnumerable<(ulong Hash, int LastDay)> All => _lastDays.OrderBy(reporter => reporter.Key).Select(reporter => (reporter.Key, reporter.Value));

    /// <summary>The same in every process.</summary>
    public static ulong HashOf(string reporter)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(reporter.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    /// <summary>True when this reporter wrote before.</summary>
    public bool Holds(ulong reporter) => _lastDays.ContainsKey(reporter);

    /// <summary>Takes a reporter of a day; says whether he is new, and whether this is his first text of that day.</summary>
    public (bool IsNew, bool IsFirstOfDay) Add(ulong reporter, int day)
    {
        var isKnown = _lastDays.TryGetValue(reporter, out var last);
        _lastDays[reporter] = isKnown ? Math.Max(last, day) : day;
        Shrink();
        return (!isKnown, !isKnown || last != day);
    }

    /// <summary>Takes those of another topic.</summary>
    public void Add(TopicReporters other)
    {
        foreach (var (reporter, day) in other._lastDays)
        {
            _lastDays[reporter] = _lastDays.TryGetValue(reporter, out var last) ? Math.Max(last, day) : day;
        }

        Forgotten += other.Forgotten;
        Shrink();
    }

    /// <summary>Distinct reporters by the weight of the days since each wrote last; those after the day do not count.</summary>
    public double Sum(int today, Func<int, double> weightOfDaysAgo) => All.Where(reporter => reporter.LastDay <= today).Sum(reporter => weightOfDaysAgo(today - reporter.LastDay));

    public byte[] ToBytes()
    {
        var bytes = new List<byte>(_lastDays.Count * 12);
        foreach (var (hash, day) in All)
        {
            bytes.AddRange(BitConverter.GetBytes(hash));
            bytes.AddRange(BitConverter.GetBytes(day));
        }

        return [.. bytes];
    }

    public void Restore(ReadOnlySpan<byte> bytes, int forgotten)
    {
        for (; bytes.Length >= 12; bytes = bytes[12..])
        {
            _lastDays[BitConverter.ToUInt64(bytes)] = BitConverter.ToInt32(bytes[8..]);
        }

        Forgotten = forgotten;
    }

    private void Shrink()
    {
        if (_lastDays.Count <= Remembered + (Remembered / 4))
        {
            return;
        }

        foreach (var (reporter, _) in _lastDays.OrderByDescending(reporter => reporter.Value).ThenBy(reporter => reporter.Key).Skip(Remembered).ToList())
        {
            _lastDays.Remove(reporter);
            Forgotten++;
        }
    }
}
