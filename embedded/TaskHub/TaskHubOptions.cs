namespace CityBrain.Embedded.TaskHub;

/// <summary>Settings of a task hub; those that exist in host.json (<c>extensions.durableTask</c>) have its names and meaning.</summary>
internal sealed record TaskHubOptions
{
    /// <summary>Name of the hub; a request that names another one is refused.</summary>
    public string HubName { get; init; } = "TestHubName";

    /// <summary>Activities that run at the same time, 1 or more.</summary>
    public int MaxConcurrentActivityFunctions { get; init; } = 64;

    /// <summary>Orchestrators that take a turn at the same time, 1 or more.</summary>
    public int MaxConcurrentOrchestratorFunctions { get; init; } = 64;

    /// <summary>Whether the worker may keep orchestrations in memory between turns, so that it need not replay them.</summary>
    public bool ExtendedSessionsEnabled { get; init; }

    /// <summary>Seconds without a turn after which the worker forgets an orchestration, above 0.</summary>
    public int ExtendedSessionIdleTimeoutInSeconds { get; init; } = 30;

    /// <summary>Whether a new orchestration may take the id of one that still runs; that one is terminated first.</summary>
    public bool MayReplaceRunningInstances { get; init; }

    /// <summary>Instances whose history stays in memory between turns; the others are read again when they are woken.</summary>
    public int SessionsInMemory { get; init; } = 4096;

    /// <summary>Bytes of history that stay in memory between turns.</summary>
    public long SessionBytesInMemory { get; init; } = 32 << 20;

    /// <summary>Real time before a turn whose invocation failed is taken again; it doubles with each failure.</summary>
    public TimeSpan FirstRetryPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such pause.</summary>
    public TimeSpan LongestRetryPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The pause after a number of failures in a row, 1 or more.</summary>
    public TimeSpan RetryPause(int failures)
    {
        var pause = FirstRetryPause * Math.Pow(2, Math.Min(failures, 30) - 1);
        return pause < LongestRetryPause ? pause : LongestRetryPause;
    }

    /// <summary>Throws when a setting is out of its range.</summary>
    /// <exception cref="ArgumentException">The message says what to write.</exception>
    public void Validate()
    {
        Require(HubName.Length > 0, "hubName must not be empty.");
        Require(MaxConcurrentActivityFunctions > 0, "maxConcurrentActivityFunctions must be 1 or more.");
        Require(MaxConcurrentOrchestratorFunctions > 0, "maxConcurrentOrchestratorFunctions must be 1 or more.");
        Require(ExtendedSessionIdleTimeoutInSeconds > 0, "extendedSessionIdleTimeoutInSeconds must be 1 or more.");
        Require(FirstRetryPause > TimeSpan.Zero && LongestRetryPause >= FirstRetryPause, "The pauses between retries must be above 0 and growing.");
    }

    private static void Require(bool isTrue, string message)
    {
        if (!isTrue)
            throw new ArgumentException(message);
    }
}
