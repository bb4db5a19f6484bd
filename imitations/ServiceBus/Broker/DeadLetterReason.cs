namespace CityBrain.Embedded.ServiceBus;

/// <summary>Why a message left its queue; the dead-letter queue shows it in two properties of the message.</summary>
internal sealed record DeadLetterReason(string? Reason, string? Description)
{
    public const string ReasonProperty = "DeadLetterReason";
    public const string DescriptionProperty = "DeadLetterErrorDescription";

    public static readonly DeadLetterReason Expired = new("TTLExpiredException", "The message expired and was dead lettered.");

    public static DeadLetterReason TooManyDeliveries(int count) =>
        new("MaxDeliveryCountExceeded", FormattableString.Invariant($"Message could not be consumed after {count} delivery attempts."));

    /// <summary>The properties that tell it.</summary>
    public IEnumerable<KeyValuePair<string, object>> Properties()
    {
        if (Reason is not null)
        {
            yield return KeyValuePair.Create<string, object>(ReasonProperty, Reason);
        }

        if (Description is not null)
        {
            yield return KeyValuePair.Create<string, object>(DescriptionProperty, Description);
        }
    }
}
