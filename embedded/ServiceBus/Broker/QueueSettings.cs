using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>Reads a queue's declaration from <c>Queues:{name}</c>; the names are those of <see cref="QueueOptions"/>.</summary>
internal static class QueueSettings
{
    /// <exception cref="InvalidOperationException">A setting is wrong; the sentence says which.</exception>
    public static QueueOptions Read(IConfigurationSection section)
    {
        try
        {
            var defaults = new QueueOptions { Name = section.Key };
            var options = defaults with
            {
                LockDuration = section.GetValue(nameof(QueueOptions.LockDuration), defaults.LockDuration),
                MaxDeliveryCount = section.GetValue(nameof(QueueOptions.MaxDeliveryCount), defaults.MaxDeliveryCount),
                RequiresSession = section.GetValue(nameof(QueueOptions.RequiresSession), defaults.RequiresSession),
                DuplicateDetectionWindow = section.GetValue<TimeSpan?>(nameof(QueueOptions.DuplicateDetectionWindow)),
                DefaultTimeToLive = section.GetValue<TimeSpan?>(nameof(QueueOptions.DefaultTimeToLive)),
                DeadLetteringOnMessageExpiration = section.GetValue(nameof(QueueOptions.DeadLetteringOnMessageExpiration), defaults.DeadLetteringOnMessageExpiration),
                MaxMessageSize = section.GetValue(nameof(QueueOptions.MaxMessageSize), defaults.MaxMessageSize),
            };
            options.Validate();
            return options;
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidOperationException($"{wrong.Message} Correct {section.Path}.", wrong);
        }
    }
}
