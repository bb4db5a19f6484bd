namespace CityBrain.Emergency;

/// <summary>Tells people what an emergency wants of them. To tell the same again is to tell it once.</summary>
public interface IEmergencyNotices
{
    /// <summary>Tells of one step of an order: the area that is ordered, or the level to which it climbed.</summary>
    /// <param name="emergency">The emergency as it stands.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="order">The order.</param>
    /// <param name="step">Which step of its log, from 0.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task TellAsync(EmergencyRecord emergency, EmergencyPlan plan, EmergencyOrder order, int step, CancellationToken cancellationToken);

    /// <summary>Tells the duty officers that the alerts behind an emergency were all called off.</summary>
    /// <param name="emergency">The emergency, called off.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="at">When the last Cancel was taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task TellCalledOffAsync(EmergencyRecord emergency, EmergencyPlan plan, DateTimeOffset at, CancellationToken cancellationToken);
}
