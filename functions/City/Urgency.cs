namespace CityBrain.City;

/// <summary>How fast a kind of case must move.</summary>
public enum Urgency
{
    /// <summary>Handled in working hours.</summary>
    Routine,

    /// <summary>Handled round the clock.</summary>
    Urgent,

    /// <summary>Somebody may be hurt: referred to 110, 119 or 120 first, and never queued.</summary>
    LifeSafety,
}
