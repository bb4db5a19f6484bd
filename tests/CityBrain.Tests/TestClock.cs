namespace CityBrain.Tests;

/// <summary>Stands still until it is set.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    /// <summary>Runs the next time that somebody asks for the time, once: what happens between two looks at the same thing.</summary>
    public Action? OnceAsked { get; set; }

    public override DateTimeOffset GetUtcNow()
    {
        var (now, between) = (Now, OnceAsked);
        OnceAsked = null;
        between?.Invoke();
        return now;
    }
}
