namespace CityBrain.EarlyWarning.Warnings;

/// <summary>Who or what gives a sign of trouble.</summary>
public enum SignKind
{
    /// <summary>More people than expected write of one topic.</summary>
    Topic,

    /// <summary>More people than expected ask for things of one category.</summary>
    Category,

    /// <summary>A device measures what it should not.</summary>
    Sensor,
}

/// <summary>One thing that was seen, from its onset to its end: a burst of complaints, or an anomaly of a device. Later news of the same sign replaces it.</summary>
/// <param name="Id">The same for the life of the sign.</param>
/// <param name="Kind">Who gives it.</param>
/// <param name="Subject">Which topic, category or device.</param>
/// <param name="How">The layer that saw the burst, or the kind of anomaly.</param>
/// <param name="Categories">Catalogue items that it may be about, the likeliest first; never empty.</param>
/// <param name="Areas">Areas in which it was seen, the one with most reporters first; none for the whole city.</param>
/// <param name="Onset">When it was first seen.</param>
/// <param name="Last">When it was last seen.</param>
/// <param name="End">When it was over; null while it goes on.</param>
/// <param name="Observed">Distinct reporters in the window of the strongest alarm; of a device, the measured value.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Score">How unlikely that is by chance: −log10 of the probability; of a device 0 to 10.</param>
/// <param name="WindowHours">Length of that window; null for a device.</param>
public sealed record WarningSign(
    string Id,
    SignKind Kind,
    string Subject,
    string How,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Areas,
    DateTimeOffset Onset,
    DateTimeOffset Last,
    DateTimeOffset? End,
    double Observed,
    double Expected,
    double Score,
    int? WindowHours)
{
    /// <summary>The latest cases behind it, oldest first; none for a device.</summary>
    public IReadOnlyList<string> Cases { get; init; } = [];

    /// <summary>True for a sign that people give.</summary>
    public bool IsOfPeople => Kind is not SignKind.Sensor;
}
