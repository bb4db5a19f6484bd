using System.Diagnostics;
using CityBrain.Cases;
using CityBrain.Embedded.Companion;

namespace CityBrain.Rehearsal.Play;

/// <summary>
/// Runs the agenda on the city's clock and paces the clock: first the dense weeks, then the long tail. Ends when nothing is planned any more
/// and no case waits for the city itself.
/// </summary>
internal sealed class Director(CityClock clock, Agenda agenda, CityPlay play, CityApi api, Score score) : IDisposable
{
    private const int AtOnce = 48;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(4);

    /// <summary>Real time after the last deed for which the city may still answer with new work.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(90);

    /// <summary>Real time for which a case may wait for the city itself before the play gives it up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly SemaphoreSlim _slots = new(AtOnce);
    private long _lastDeed = Stopwatch.GetTimestamp();

    /// <summary>Speed of the clock now, city seconds in a real second.</summary>
    public double Speed => clock.Speed;

    /// <summary>City time by which the oldest thing is late that is not done.</summary>
    public TimeSpan Lateness => agenda.Oldest is { } oldest && clock.GetUtcNow() - oldest is { Ticks: > 0 } late ? late : TimeSpan.Zero;

    /// <summary>Plays until the end.</summary>
    public async Task RunAsync(Pacer dense, DateTimeOffset denseEnd, Pacer tail, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pacing = StartPacing(() => Pace(clock.GetUtcNow() < denseEnd ? dense : tail, mayHurry: clock.GetUtcNow() >= denseEnd), over.Token);
        try
        {
            await ActAsync(cancellationToken);
        }
        finally
        {
            await over.CancelAsync();
            pacing.Join();
            clock.Speed = 1;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    /// <summary>A thread of its own, because the clock must slow down just when everybody else is busy.</summary>
    private static Thread StartPacing(Action pace, CancellationToken over)
    {
        var thread = new Thread(() =>
        {
            while (!over.IsCancellationRequested)
            {
                pace();
                Thread.Sleep(Beat);
            }
        })
        { IsBackground = true, Name = "pacing", Priority = ThreadPriority.AboveNormal };
        thread.Start();
        return thread;
    }

    private async Task ActAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = clock.GetUtcNow();
            while (agenda.TakeDue(now) is { } entry)
            {
                await _slots.WaitAsync(cancellationToken);
                _ = DoAsync(entry, cancellationToken);
            }

            if (agenda is { Waiting: 0, Running: 0 } && IsQuiet() && !await FindMoreAsync(cancellationToken))
            {
                return;
            }

            await Task.Delay(Beat, cancellationToken);
        }
    }

    private async Task DoAsync(Agenda.Entry entry, CancellationToken cancellationToken)
    {
        try
        {
            await entry.Act(cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            score.Surprises.Add(failure.GetType().Name + ", tried again");
            agenda.Add(clock.GetUtcNow(), entry.Act);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            score.Surprises.Add($"{failure.GetType().Name}: {failure.Message}");
        }
        finally
        {
            agenda.Done(entry);
            _slots.Release();
            Interlocked.Exchange(ref _lastDeed, Stopwatch.GetTimestamp());
        }
    }

    private bool IsQuiet() => agenda.Running == 0 && Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastDeed)) > Settling;

    private void Pace(Pacer pacer, bool mayHurry)
    {
        var (speed, now) = (clock.Speed, clock.GetUtcNow());
        var wanted = pacer.Next(Lateness, agenda.Next - now, mayHurry && IsQuiet());
        if (Math.Abs(wanted - speed) > speed * 0.05)
        {
            clock.Speed = wanted;
        }
    }

    /// <summary>Nothing is planned: looks at every open case once more. True when something was found to do, or the city was still at work.</summary>
    private async Task<bool> FindMoreAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var waitsForCity = false;
            foreach (var known in score.Cases.Values.Where(known => !CaseTransitions.IsEnd(known.Status)))
            {
                if (await api.FindAsync(known.Id, cancellationToken) is { } found)
                {
                    play.Consider(found);
                    waitsForCity |= found.Status is CaseState.Filed or CaseState.Triaged or CaseState.Returned or CaseState.Replied or CaseState.Reopened;
                }
            }

            if (agenda is not { Waiting: 0, Running: 0 })
            {
                return true;
            }

            if (!waitsForCity || Stopwatch.GetElapsedTime(started) > Patience)
            {
                return false;
            }

            await Task.Delay(Settling, cancellationToken);
        }
    }
}
