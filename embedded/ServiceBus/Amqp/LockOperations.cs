using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.Azure.Amqp.Encoding;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>Management operations on locked messages, whichever link delivered them.</summary>
internal static class LockOperations
{
    public static Task<AmqpMap?> RenewAsync(ManagementRequest request)
    {
        var channel = request.Channel();
        DateTime[] expirations = [.. request.Many<Guid>("lock-tokens").Select(token => channel.Renew(token).UtcDateTime)];
        return Task.FromResult<AmqpMap?>(AmqpMaps.Of(("expirations", expirations)));
    }

    public static async Task<AmqpMap?> UpdateDispositionAsync(ManagementRequest request)
    {
        var (channel, settlement) = (request.Channel(), Settlement(request));
        var refusals = await request.Queue.SettleAsync(request.Many<Guid>("lock-tokens").ConvertAll(token => new SettlementRequest(channel, token, settlement))).ConfigureAwait(false);
        return Array.Find(refusals, refusal => refusal is not null) is { } refused ? throw refused : new AmqpMap();
    }

    private static Settlement Settlement(ManagementRequest request)
    {
        var changes = request.Value("properties-to-modify") as AmqpMap;
        return request.Text("disposition-status") switch
        {
            "completed" => new Settlement(SettlementKind.Complete),
            "abandoned" => new Settlement(SettlementKind.Abandon, changes),
            "defered" => new Settlement(SettlementKind.Defer, changes),
            "suspended" => new Settlement(SettlementKind.DeadLetter, changes, new DeadLetterReason(request.Text("deadletter-reason"), request.Text("deadletter-description"))),
            var other => throw new BrokerException(BrokerFailure.InvalidArgument, $"The disposition status '{other}' is not known."),
        };
    }
}
