using System.Collections.Concurrent;
using System.Diagnostics;
using CityBrain.Cases;

namespace CityBrain.Rehearsal.Play;

/// <summary>What was sent and what came back, as the outside sees it. Safe for concurrent use.</summary>
internal sealed class Score
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _requests;
    private int _sent;
    private int _repeated;
    private int _readings;

    /// <summary>Real time since the play began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>HTTP requests of all kinds.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Appeals that were accepted for the first time.</summary>
    public int AppealsSent => _sent;

    /// <summary>Appeals that were sent again and gave the same case.</summary>
    public int AppealsRepeated => _repeated;

    /// <summary>Readings that were sent.</summary>
    public int ReadingsSent => _readings;

    /// <summary>The newest view of every case that was seen.</summary>
    public ConcurrentDictionary<string, CaseSeen> Cases { get; } = new(StringComparer.Ordinal);

    /// <summary>Milliseconds of each single POST of an appeal.</summary>
    public ConcurrentBag<double> AppealMilliseconds { get; } = [];

    /// <summary>City time by which each reply came later than the real one.</summary>
    public ConcurrentBag<TimeSpan> ReplyLateness { get; } = [];

    /// <summary>Moves that were made, by kind.</summary>
    public Tally Moves { get; } = new();

    /// <summary>Answers to wrong appeals, by status and code.</summary>
    public Tally Refusals { get; } = new();

    /// <summary>Wrong events that were sent, by the reason that is expected in the dead-letter queue.</summary>
    public Tally WrongEvents { get; } = new();

    /// <summary>Moves that came too late for the case as it stood, and were thought over.</summary>
    public Tally Conflicts { get; } = new();

    /// <summary>Kinds of the notices that were read, by id.</summary>
    public ConcurrentDictionary<string, string> Notices { get; } = new(StringComparer.Ordinal);

    /// <summary>What should not have happened.</summary>
    public Tally Surprises { get; } = new();

    /// <summary>Counts a request.</summary>
    public void Requested() => Interlocked.Increment(ref _requests);

    /// <summary>Counts an accepted appeal.</summary>
    public void Sent() => Interlocked.Increment(ref _sent);

    /// <summary>Counts a repeated appeal.</summary>
    public void Repeated() => Interlocked.Increment(ref _repeated);

    /// <summary>Counts a reading.</summary>
    public void Read() => Interlocked.Increment(ref _readings);

    /// <summary>Keeps the newest view of a case.</summary>
    public void Saw(CaseSeen seen) =>
        Cases.AddOrUpdate(seen.Id, seen, (_, known) => known.Version > seen.Version ? known : seen);

    /// <summary>Cases by state, as last seen.</summary>
    public IReadOnlyDictionary<CaseState, int> States() =>
        Cases.Values.CountBy(seen => seen.Status).OrderBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>Open cases whose reply is overdue.</summary>
    public int Overdue(DateTimeOffset now) =>
        Cases.Values.Count(seen => !CaseTransitions.IsEnd(seen.Status) && seen.Reply is null && seen.Assignment?.Clocks.ResolveDue < now);
}
