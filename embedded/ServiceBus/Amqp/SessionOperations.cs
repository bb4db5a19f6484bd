using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.Azure.Amqp.Encoding;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>Management operations on sessions.</summary>
internal static class SessionOperations
{
    public static Task<AmqpMap?> RenewAsync(ManagementRequest request) =>
        Task.FromResult<AmqpMap?>(AmqpMaps.Of(("expiration", request.Lease().Renew().UtcDateTime)));

    public static Task<AmqpMap?> GetStateAsync(ManagementRequest request)
    {
        var lease = request.Lease();
        lease.Channel.ThrowIfLost();
        var stored = request.Queue.SessionState(lease.SessionId);
        object? state = stored is null ? null : (object)new ArraySegment<byte>(stored);
        return Task.FromResult<AmqpMap?>(AmqpMaps.Of(("session-state", state)));
    }

    public static async Task<AmqpMap?> SetStateAsync(ManagementRequest request)
    {
        var lease = request.Lease();
        lease.Channel.ThrowIfLost();
        await request.Queue.SetSessionStateAsync(lease.SessionId, request.Value("session-state") is ArraySegment<byte> state ? state.ToArray() : null).ConfigureAwait(false);
        return new AmqpMap();
    }

    public static Task<AmqpMap?> ListAsync(ManagementRequest request)
    {
        // The greatest instant asks for sessions with messages, an earlier one for those whose state changed since.
        DateTimeOffset? since = request.Value("last-updated-time") is DateTime instant && instant.Year < 9999 ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)) : null;
        var (skip, top) = ((int)Math.Clamp(request.Number("skip"), 0, int.MaxValue), (int)Math.Clamp(request.Number("top"), 1, 1000));
        var names = request.Queue.SessionNames(since, skip, top);
        return Task.FromResult(names.Count == 0 ? null : AmqpMaps.Of(("skip", skip + names.Count), ("sessions-ids", names.ToArray())));
    }
}
