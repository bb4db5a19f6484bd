using CityBrain.City;

namespace CityBrain.Intake;

/// <summary>Where one rule of one device stands. Pure: the same readings in the same order give the same signals.</summary>
/// <param name="Phase">Normal, held on the bad side, or tripped.</param>
/// <param name="Since">First reading on the bad side of the run that goes on; null when normal.</param>
/// <param name="LastTime">Time of the newest reading; older ones are ignored, so a repeated delivery changes nothing.</param>
/// <param name="CaseId">The case of the last trip.</param>
public sealed record RuleState(RulePhase Phase, DateTimeOffset? Since, DateTimeOffset LastTime, string? CaseId = null)
{
    /// <summary>A rule that has seen nothing yet.</summary>
    public static RuleState Initial { get; } = new(RulePhase.Normal, null, DateTimeOffset.MinValue);

    /// <summary>The state after a reading, and what it means.</summary>
    public (RuleState Next, RuleSignal Signal) After(SensorReading reading, DeviceRule rule)
    {
        if (reading.Time <= LastTime)
        {
            return (this, RuleSignal.None);
        }

        var seen = this with { LastTime = reading.Time };
        if (Phase is RulePhase.Tripped)
        {
            return rule.Clears(reading.Value) ? (seen with { Phase = RulePhase.Normal, Since = null }, RuleSignal.Clear) : (seen, RuleSignal.None);
        }

        if (!rule.Trips(reading.Value))
        {
            return (seen with { Phase = RulePhase.Normal, Since = null }, RuleSignal.None);
        }

        var since = Since ?? reading.Time;
        return reading.Time - since >= rule.Hold
            ? (seen with { Phase = RulePhase.Tripped, Since = since }, RuleSignal.Trip)
            : (seen with { Phase = RulePhase.Held, Since = since }, RuleSignal.None);
    }
}

/// <summary>Phase of a rule.</summary>
public enum RulePhase
{
    /// <summary>On the good side.</summary>
    Normal,

    /// <summary>On the bad side, not yet for long enough.</summary>
    Held,

    /// <summary>On the bad side for the hold time; a case is open.</summary>
    Tripped,
}

/// <summary>What a reading meant.</summary>
public enum RuleSignal
{
    /// <summary>Nothing new.</summary>
    None,

    /// <summary>The rule tripped.</summary>
    Trip,

    /// <summary>The device is back to normal.</summary>
    Clear,
}
