using CityBrain.Embedded.Storage;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Durable;

/// <summary>What happens when an instance of the same id exists.</summary>
internal static class Deduplication
{
    /// <summary>Statuses in which an existing instance refuses the new one.</summary>
    /// <exception cref="ArgumentException">A status is unknown, or Terminated refuses while a live status does not: the live instance would be terminated only to be refused then.</exception>
    public static IReadOnlyCollection<OrchestrationRuntimeStatus> Refusing(IReadOnlyList<string>? names)
    {
        if (names is null)
            return Statuses.Live;
        var refusing = names.Select(Parse).ToHashSet();
        if (refusing.Contains(OrchestrationRuntimeStatus.Terminated) && !Statuses.Live.All(refusing.Contains))
        {
            throw new ArgumentException(
                "DedupeStatuses contains Terminated but not each of Pending, Running and Suspended; an instance in one of these would be terminated and the new one then refused.",
                nameof(names));
        }

        return refusing;
    }

    /// <summary>Creates the instance, replacing one that has ended; null when a live one must be terminated first.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">The existing instance refuses.</exception>
    public static InstanceRow? TryCreate(SqliteSession session, NewInstance instance, IReadOnlyCollection<OrchestrationRuntimeStatus> refusing)
    {
        if (DurableReads.Find(session, instance.Id) is { } existing)
        {
            if (refusing.Contains(existing.Status))
                throw new OrchestrationAlreadyExistsException($"An orchestration with instance id '{instance.Id}' and status {existing.Status} already exists.");
            if (!Statuses.IsEnded(existing.Status))
                return null;
            DurableWrites.Delete(session, existing.Key);
        }

        return DurableWrites.Create(session, instance);
    }

    private static OrchestrationRuntimeStatus Parse(string name) =>
        Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status)
            ? status
            : throw new ArgumentException($"'{name}' is not an orchestration status.", nameof(name));
}
