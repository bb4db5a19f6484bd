namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>What a link is attached to.</summary>
internal enum Node
{
    /// <summary>A queue, or its dead-letter queue.</summary>
    Queue,

    /// <summary>The management node of one.</summary>
    Management,

    /// <summary>The node that takes tokens.</summary>
    ClaimsBasedSecurity,
}

/// <summary>The address of a link, whichever way the client writes it (EntityNameFormatter of Azure.Messaging.ServiceBus).</summary>
internal sealed record EntityAddress(Node Node, string Queue, bool IsDeadLetter)
{
    private const string Management = "/$management";
    private const string DeadLetter = "/$deadletterqueue";

    public static EntityAddress Parse(string? address)
    {
        var path = Uri.UnescapeDataString(address ?? "").Trim('/');
        if (path.Equals("$cbs", StringComparison.OrdinalIgnoreCase))
        {
            return new EntityAddress(Node.ClaimsBasedSecurity, "", false);
        }

        var node = Cut(ref path, Management) ? Node.Management : Node.Queue;
        var dead = Cut(ref path, DeadLetter);
        return new EntityAddress(node, path, dead);
    }

    private static bool Cut(ref string path, string suffix)
    {
        var has = path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
        path = has ? path[..^suffix.Length] : path;
        return has;
    }
}
