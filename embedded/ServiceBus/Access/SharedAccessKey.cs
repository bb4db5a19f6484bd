namespace CityBrain.Embedded.ServiceBus.Access;

/// <summary>What a key may do in its queues; as in Azure, Manage includes the other two.</summary>
[Flags]
public enum AccessRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Send, schedule and cancel.</summary>
    Send = 1,

    /// <summary>Receive, settle, peek; sessions and their state.</summary>
    Listen = 2,

    /// <summary>Everything.</summary>
    Manage = Send | Listen | 4,
}

/// <summary>A key that opens the queues and rights that it names, no others.</summary>
/// <param name="Name">Name of the key.</param>
/// <param name="Key">The secret.</param>
/// <param name="Queues">Names of queues, compared without case; <c>*</c> for every queue.</param>
/// <param name="Rights">What it may do there.</param>
public sealed record SharedAccessKey(string Name, string Key, IReadOnlyList<string> Queues, AccessRights Rights)
{
    /// <summary>True when the key opens the queue with this right.</summary>
    public bool Opens(string queue, AccessRights right) =>
        (Rights & right) == right && Queues.Any(name => name == "*" || name.Equals(queue, StringComparison.OrdinalIgnoreCase));
}
