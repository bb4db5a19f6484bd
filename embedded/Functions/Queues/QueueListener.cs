using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Triggers;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Functions.Queues;

/// <summary>Runs the functions with Service Bus triggers, straight from the broker.</summary>
internal sealed class QueueListener(QueuesServer queues, LockTokens tokens, WorkerPool pool, SettingNames settings, HostJsonOptions hostJson, ILogger<QueueTrigger> logger) : IFunctionsListener, IAsyncDisposable
{
    private readonly List<QueueTrigger> _triggers = [];

    /// <inheritdoc/>
    public Task UseAsync(IReadOnlyList<WorkerFunction> functions, CancellationToken cancellationToken)
    {
        foreach (var function in functions.Where(function => function.Trigger.Is("serviceBusTrigger")))
        {
            _triggers.Add(TriggerOf(function));
        }

        _triggers.ForEach(trigger => trigger.Start());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PauseAsync(CancellationToken cancellationToken) => Task.WhenAll(_triggers.Select(trigger => trigger.StopAsync(cancellationToken)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var trigger in _triggers)
        {
            await trigger.DisposeAsync().ConfigureAwait(false);
        }
    }

    private QueueTrigger TriggerOf(WorkerFunction function)
    {
        var (trigger, defaults) = (function.Trigger, hostJson.ServiceBus);
        var options = new QueueTriggerOptions
        {
            Function = function.Name,
            Queue = settings.Resolve(trigger.Text("queueName") ?? "", function.Name),
            IsBatched = string.Equals(trigger.Text("cardinality"), "Many", StringComparison.OrdinalIgnoreCase),
            IsSessionsEnabled = trigger.Flag("isSessionsEnabled") ?? false,
            AutoCompleteMessages = trigger.Flag("autoCompleteMessages") ?? defaults.AutoCompleteMessages,
            MaxConcurrentCalls = defaults.MaxConcurrentCalls,
            MaxConcurrentSessions = defaults.MaxConcurrentSessions,
            MaxMessageBatchSize = defaults.MaxMessageBatchSize,
            SessionIdleTimeout = defaults.SessionIdleTimeout,
            MaxAutoLockRenewalDuration = defaults.MaxAutoLockRenewalDuration,
        };
        try
        {
            return new QueueTrigger(options, queues.Server, tokens, new QueueFunction(function, options.IsBatched, pool), logger);
        }
        catch (BrokerException wrong)
        {
            throw new InvalidOperationException($"The function '{function.Name}' cannot listen to the queue '{options.Queue}': {wrong.Message} Queues are declared in {EmbeddedOptions.Section}:Queues.", wrong);
        }
    }
}
