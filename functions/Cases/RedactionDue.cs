namespace CityBrain.Cases;

/// <summary>The wording of a case is withheld, because it has not been redacted yet; the original is in the vault.</summary>
/// <param name="Tries">How often redacting has failed.</param>
/// <param name="RetryAt">When it is tried next.</param>
public sealed record RedactionDue(int Tries, DateTimeOffset RetryAt)
{
    /// <summary>After so many failures a person triages the case, while redacting goes on being tried.</summary>
    public const int TriesBeforeReview = 4;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>True once a person should look without waiting any longer.</summary>
    public bool WaitedLongEnough => Tries >= TriesBeforeReview;

    /// <summary>The next try after one more failure: a minute later, then twice as long each time, an hour at most.</summary>
    public RedactionDue AfterFailure(DateTimeOffset now)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(Tries, 10));
        return new(Tries + 1, now + (wait < LongestWait ? wait : LongestWait));
    }
}
