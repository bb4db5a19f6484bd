namespace CityBrain.Embedded.ServiceBus.Triggers;

/// <summary>How a queue triggers a function; names and defaults are those of host.json, section <c>extensions:serviceBus</c>.</summary>
internal sealed record QueueTriggerOptions
{
    /// <summary>Name of the function, for the log.</summary>
    public required string Function { get; init; }

    /// <summary>Name of the queue, or of its dead-letter queue (<c>{queue}/$deadletterqueue</c>).</summary>
    public required string Queue { get; init; }

    /// <summary>True when the function takes many messages at once.</summary>
    public bool IsBatched { get; init; }

    /// <summary>True when the function takes the messages of a session in order.</summary>
    public bool IsSessionsEnabled { get; init; }

    /// <summary>Completes the messages when the function succeeds and has not settled them itself.</summary>
    public bool AutoCompleteMessages { get; init; } = true;

    /// <summary>Invocations at a time without sessions and batches; at least 1.</summary>
    public int MaxConcurrentCalls { get; init; } = 16;

    /// <summary>Sessions at a time; at least 1.</summary>
    public int MaxConcurrentSessions { get; init; } = 8;

    /// <summary>Largest batch; at least 1.</summary>
    public int MaxMessageBatchSize { get; init; } = 1000;

    /// <summary>A session without a message for so long (real time) makes room for another.</summary>
    public TimeSpan SessionIdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long (real time) the locks of a running function are renewed.</summary>
    public TimeSpan MaxAutoLockRenewalDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the sentence says which.</exception>
    public void Validate()
    {
        if (MaxConcurrentCalls < 1 || MaxConcurrentSessions < 1 || MaxMessageBatchSize < 1 || SessionIdleTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"The trigger of '{Function}' needs maxConcurrentCalls, maxConcurrentSessions and maxMessageBatchSize of at least 1, and a sessionIdleTimeout above 0: correct extensions.serviceBus in host.json.");
        }
    }
}
