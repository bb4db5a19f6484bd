using System.Globalization;

namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>Why a message left its queue; the dead-letter queue shows it in two application properties of the message.</summary>
internal sealed record DeadLetterReason(string? Reason, string? Description)
{
    public const string ReasonProperty = "DeadLetterReason";
    public const string DescriptionProperty = "DeadLetterErrorDescription";

    public static readonly DeadLetterReason Expired = new("TTLExpiredException", "The message expired and was dead lettered.");

    public static DeadLetterReason TooManyDeliveries(int count) =>
        new("MaxDeliveryCountExceeded", string.Create(CultureInfo.InvariantCulture, $"Message could not be consumed after {count} delivery attempts."));
}
