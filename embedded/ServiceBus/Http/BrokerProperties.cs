using System.Globalization;
using System.Text.Json;
using Azure.Messaging.ServiceBus;

namespace CityBrain.Embedded.ServiceBus.Http;

/// <summary>The JSON form of a message's broker properties in the Service Bus REST API; others than these are ignored, as documented.</summary>
internal static class BrokerProperties
{
    /// <exception cref="FormatException">A property has a wrong type or value; the sentence says which.</exception>
    public static void Apply(JsonElement properties, ServiceBusMessage message)
    {
        if (properties.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("BrokerProperties is not a JSON object.");
        }

        foreach (var property in properties.EnumerateObject())
        {
            try
            {
                Apply(property.Name, property.Value, message);
            }
            catch (Exception wrong) when (wrong is InvalidOperationException or FormatException or OverflowException or ArgumentException)
            {
                throw new FormatException($"The broker property {property.Name} is wrong: {wrong.Message}", wrong);
            }
        }

        if (properties.TryGetProperty("PartitionKey", out var partition) && message.SessionId is { } session && partition.GetString() != session)
        {
            throw new FormatException("SessionId and PartitionKey must be equal when both are set.");
        }
    }

    private static void Apply(string name, JsonElement value, ServiceBusMessage message)
    {
        switch (name)
        {
            case "MessageId": message.MessageId = value.GetString(); break;
            case "SessionId": message.SessionId = value.GetString(); break;
            case "PartitionKey": message.PartitionKey = value.GetString(); break;
            case "CorrelationId": message.CorrelationId = value.GetString(); break;
            case "Label": message.Subject = value.GetString(); break;
            case "ReplyTo": message.ReplyTo = value.GetString(); break;
            case "ReplyToSessionId": message.ReplyToSessionId = value.GetString(); break;
            case "To": message.To = value.GetString(); break;
            case "TimeToLive": message.TimeToLive = TimeSpan.FromSeconds(value.GetDouble()); break;
            case "TimeToLiveTimeSpan": message.TimeToLive = TimeSpan.Parse(value.GetString() ?? "", CultureInfo.InvariantCulture); break;
            case "ScheduledEnqueueTimeUtc":
                message.ScheduledEnqueueTime = DateTimeOffset.Parse(value.GetString() ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
                break;
        }
    }
}
