namespace CityBrain.Supervision;

/// <summary>Tells people what supervision found. To tell the same again is to tell it once.</summary>
public interface ISupervisionNotices
{
    /// <summary>Tells the department of a step, and those above it of criticism.</summary>
    Task TellAsync(OverdueEntry entry, CancellationToken cancellationToken);

    /// <summary>Tells a district, or the city, of its week.</summary>
    Task TellAsync(WeeklyDigest digest, CancellationToken cancellationToken);
}
