using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using CityBrain.Embedded.ServiceBus.Triggers.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;

namespace CityBrain.Embedded.ServiceBus.Triggers;

/// <summary>The gRPC service through which <c>ServiceBusMessageActions</c> of a worker settles the messages of its triggers.</summary>
internal sealed class SettlementService(LockTokens tokens) : Wire.Settlement.SettlementBase
{
    public override Task<Empty> Complete(CompleteRequest request, ServerCallContext context) => SettleAsync(request.Locktoken, () => Broker.Settlement.Complete);

    public override Task<Empty> Abandon(AbandonRequest request, ServerCallContext context) =>
        SettleAsync(request.Locktoken, () => new Broker.Settlement(SettlementKind.Abandon, Map(request.PropertiesToModify)));

    public override Task<Empty> Deadletter(DeadletterRequest request, ServerCallContext context) => SettleAsync(
        request.Locktoken,
        () => new Broker.Settlement(SettlementKind.DeadLetter, Map(request.PropertiesToModify), new DeadLetterReason(request.DeadletterReason, request.DeadletterErrorDescription)));

    public override Task<Empty> Defer(DeferRequest request, ServerCallContext context) =>
        SettleAsync(request.Locktoken, () => new Broker.Settlement(SettlementKind.Defer, Map(request.PropertiesToModify)));

    public override Task<Empty> RenewMessageLock(RenewMessageLockRequest request, ServerCallContext context) => AnswerAsync(() =>
    {
        tokens.Renew(Token(request.Locktoken));
        return Task.FromResult(new Empty());
    });

    public override Task<GetSessionStateResponse> GetSessionState(GetSessionStateRequest request, ServerCallContext context) => AnswerAsync(() =>
    {
        var session = tokens.Session(request.SessionId);
        return Task.FromResult(new GetSessionStateResponse { SessionState = ByteString.CopyFrom(session.Queue.SessionState(session.SessionId) ?? []) });
    });

    public override Task<Empty> SetSessionState(SetSessionStateRequest request, ServerCallContext context) => AnswerAsync(async () =>
    {
        var session = tokens.Session(request.SessionId);
        await session.Queue.SetSessionStateAsync(session.SessionId, request.SessionState.IsEmpty ? null : request.SessionState.ToByteArray()).ConfigureAwait(false);
        return new Empty();
    });

    public override Task<Empty> ReleaseSession(ReleaseSessionRequest request, ServerCallContext context) => AnswerAsync(() =>
    {
        tokens.Release(request.SessionId);
        return Task.FromResult(new Empty());
    });

    public override Task<RenewSessionLockResponse> RenewSessionLock(RenewSessionLockRequest request, ServerCallContext context) => AnswerAsync(() =>
        Task.FromResult(new RenewSessionLockResponse { LockedUntil = Timestamp.FromDateTimeOffset(tokens.Session(request.SessionId).Renew()) }));

    private Task<Empty> SettleAsync(string token, Func<Broker.Settlement> settlement) => AnswerAsync(async () =>
    {
        await tokens.SettleAsync(Token(token), settlement()).ConfigureAwait(false);
        return new Empty();
    });

    private static async Task<T> AnswerAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return await answer().ConfigureAwait(false);
        }
        catch (BrokerException refused)
        {
            var status = refused.Failure == BrokerFailure.InvalidArgument ? StatusCode.InvalidArgument : StatusCode.FailedPrecondition;
            throw new RpcException(new Status(status, $"{refused.Failure}: {refused.Message}"));
        }
    }

    private static Guid Token(string text) => Guid.TryParse(text, out var token)
        ? token
        : throw new BrokerException(BrokerFailure.InvalidArgument, $"'{text}' is not a lock token.");

    private static AmqpMap? Map(ByteString encoded)
    {
        try
        {
            return encoded.IsEmpty ? null : AmqpMaps.Decode(encoded.ToByteArray());
        }
        catch (AmqpException wrong)
        {
            throw new BrokerException(BrokerFailure.InvalidArgument, "The properties to modify are not an encoded AMQP map.", wrong);
        }
    }
}
