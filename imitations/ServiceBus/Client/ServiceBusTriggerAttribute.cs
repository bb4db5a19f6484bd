using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function for each message of a queue, or for each batch of them.</summary>
/// <param name="queueName">The queue, or <c>%Setting%</c> that holds its name.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceBusTriggerAttribute(string queueName) : TriggerBindingAttribute
{
    private bool? _autoCompleteMessages;

    /// <summary>The queue.</summary>
    public string? QueueName { get; } = queueName;

    /// <summary>Name of the setting with the connection string; not needed on the embedded platform, where there is one namespace.</summary>
    public string? Connection { get; set; }

    /// <summary>The queue requires sessions, and the messages of a session are dealt with one after the other.</summary>
    public bool IsSessionsEnabled { get; set; }

    /// <summary>The function takes an array of messages.</summary>
    public bool IsBatched { get; set; }

    /// <summary>Complete the messages when the function succeeds; unless set, <c>host.json</c> decides.</summary>
    public bool AutoCompleteMessages
    {
        get => _autoCompleteMessages ?? true;
        set => _autoCompleteMessages = value;
    }

    /// <summary>As the function says, or null when it does not.</summary>
    internal bool? AutoCompleteSetting => _autoCompleteMessages;
}
