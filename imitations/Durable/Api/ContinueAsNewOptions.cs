namespace Microsoft.DurableTask;

/// <summary>How an orchestration restarts itself.</summary>
public class ContinueAsNewOptions
{
    /// <summary>Input of the new execution.</summary>
    public object? NewInput { get; set; }

    /// <summary>Whether events that nobody awaited are kept for the new execution.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;
}
