using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Configuration;

namespace CityBrain.Embedded.Functions.Triggers;

/// <summary>
/// The queues of an app: section <c>Embedded:Queues:{name}</c>, and those that triggers name, which require sessions when their trigger does.
/// </summary>
internal static class ServiceBusQueues
{
    private const string Section = EmbeddedOptions.Section + ":Queues";

    /// <exception cref="InvalidOperationException">Settings and triggers contradict each other, or a setting is wrong; the sentence says what to write.</exception>
    public static IReadOnlyList<QueueOptions> Read(IConfiguration configuration, IEnumerable<ServiceBusTriggerFunction> triggers)
    {
        var settings = configuration.GetSection(Section).GetChildren().ToDictionary(section => section.Key, section => section.Get<QueueSettings>() ?? new(), StringComparer.OrdinalIgnoreCase);
        foreach (var trigger in triggers)
        {
            settings.TryAdd(trigger.Queue, new());
            var queue = settings[trigger.Queue];
            queue.RequiresSession ??= trigger.IsSessionsEnabled;
            if (queue.RequiresSession != trigger.IsSessionsEnabled)
            {
                throw new InvalidOperationException(
                    $"The function '{trigger.Function.Name}' has IsSessionsEnabled = {trigger.IsSessionsEnabled}, but the queue '{trigger.Queue}' has RequiresSession = {queue.RequiresSession}, by {Section} or by another trigger: make them equal.");
            }
        }

        return [.. settings.Select(queue => Options(queue.Key, queue.Value))];
    }

    private static QueueOptions Options(string name, QueueSettings settings)
    {
        var defaults = new QueueOptions { Name = name };
        var options = defaults with
        {
            LockDuration = settings.LockDuration ?? defaults.LockDuration,
            MaxDeliveryCount = settings.MaxDeliveryCount ?? defaults.MaxDeliveryCount,
            RequiresSession = settings.RequiresSession ?? defaults.RequiresSession,
            DuplicateDetectionWindow = settings.DuplicateDetectionWindow,
            DefaultTimeToLive = settings.DefaultTimeToLive,
            DeadLetteringOnMessageExpiration = settings.DeadLetteringOnMessageExpiration,
        };
        try
        {
            options.Validate();
            return options;
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidOperationException($"{wrong.Message} Correct {Section}:{name}.", wrong);
        }
    }

    private sealed class QueueSettings
    {
        public TimeSpan? LockDuration { get; set; }

        public int? MaxDeliveryCount { get; set; }

        public bool? RequiresSession { get; set; }

        public TimeSpan? DuplicateDetectionWindow { get; set; }

        public TimeSpan? DefaultTimeToLive { get; set; }

        public bool DeadLetteringOnMessageExpiration { get; set; }
    }
}
