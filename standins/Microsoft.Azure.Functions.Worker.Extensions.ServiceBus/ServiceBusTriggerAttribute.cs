using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function for each message of a queue, or for each batch of them.</summary>
/// <param name="queueName">The queue, or <c>%Setting%</c> that holds its name.</param>
[AttributeUsage(AttributeTargets.Parameter)]
[InputConverter(typeof(ServiceBusReceivedMessageConverter))]
[ConverterFallbackBehavior(ConverterFallbackBehavior.Default)]
public sealed class ServiceBusTriggerAttribute(string queueName) : TriggerBindingAttribute, ISupportCardinality
{
    /// <summary>The queue.</summary>
    public string? QueueName { get; } = queueName;

    /// <summary>Name of the setting, or of the group of settings, that says how to connect.</summary>
    public string? Connection { get; set; }

    /// <summary>The queue requires sessions, and the messages of a session are dealt with one after the other.</summary>
    public bool IsSessionsEnabled { get; set; }

    /// <summary>The function takes an array of messages.</summary>
    [DefaultValue(false)]
    public bool IsBatched { get; set; }

    /// <summary>Complete the messages when the function succeeds; unless set, <c>host.json</c> decides.</summary>
    public bool AutoCompleteMessages { get; set; }

    Cardinality ISupportCardinality.Cardinality
    {
        get => IsBatched ? Cardinality.Many : Cardinality.One;
        set => IsBatched = value == Cardinality.Many;
    }
}
