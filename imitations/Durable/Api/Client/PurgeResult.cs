namespace Microsoft.DurableTask.Client;

/// <summary>What a purge did.</summary>
public class PurgeResult
{
    /// <param name="count">Instances purged.</param>
    public PurgeResult(int count)
        : this(count, null)
    {
    }

    /// <param name="count">Instances purged.</param>
    /// <param name="isComplete">Whether nothing is left to purge; null when unknown.</param>
    public PurgeResult(int count, bool? isComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (PurgedInstanceCount, IsComplete) = (count, isComplete);
    }

    /// <summary>Instances purged.</summary>
    public int PurgedInstanceCount { get; }

    /// <summary>Whether nothing is left to purge; null when unknown.</summary>
    public bool? IsComplete { get; }
}
