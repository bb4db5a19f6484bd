namespace CityBrain.Embedded.ServiceBus.Access;

/// <summary>What a verified token opens, until when.</summary>
/// <param name="Key">The key that signed it.</param>
/// <param name="Path">Path that it opens, with all below it: slashes trimmed, empty for the whole namespace.</param>
/// <param name="Expiry">Real instant.</param>
internal sealed record Grant(SharedAccessKey Key, string Path, DateTimeOffset Expiry)
{
    /// <summary>Why a queue is not opened with this right; null when it is.</summary>
    public string? WhyRefused(string queue, AccessRights right) =>
        Expiry <= TimeProvider.System.GetUtcNow() ? "The token has expired."
        : !ResourcePath.Covers(Path, queue) ? $"The token is for '{Path}', not for '{queue}'."
        : !Key.Opens(queue, right) ? $"The key '{Key.Name}' does not open the queue '{queue}' with the right {right}: name them in its Queues and Rights."
        : null;
}
