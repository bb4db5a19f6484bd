using System.Collections.Concurrent;
using CityBrain.Emergency;

namespace CityBrain.Tests.Emergency;

/// <summary>Remembers what was told of emergencies, and fails when it is asked to.</summary>
internal sealed class ToldOrders : IEmergencyNotices
{
    public ConcurrentQueue<string> Told { get; } = new();

    public bool Fails { get; set; }

    public Task TellAsync(EmergencyRecord emergency, EmergencyPlan plan, EmergencyOrder order, int step, CancellationToken cancellationToken) =>
        Take($"{order.AreaId} {order.Log[step].Kind}{(order.Log[step].Kind is OrderEventKind.Climbed ? " to " + order.Log[step].Who : "")}");

    public Task TellCalledOffAsync(EmergencyRecord emergency, EmergencyPlan plan, DateTimeOffset at, CancellationToken cancellationToken) => Take($"called off in {emergency.State}");

    private Task Take(string told)
    {
        if (Fails)
        {
            throw new IOException("The channel is down.");
        }

        Told.Enqueue(told);
        return Task.CompletedTask;
    }
}
