using System.Threading.Channels;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus.Triggers;
using Microsoft.Extensions.Logging.Abstractions;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

/// <summary>One call of a trigger's function, which ends as the test says.</summary>
internal sealed record TriggerCall(IReadOnlyList<TriggerMessage> Messages)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception failure) => _done.TrySetException(failure);
}

/// <summary>A trigger whose function waits until the test says how it ends.</summary>
internal sealed class TriggerHost : IMessageFunction, IAsyncDisposable
{
    private readonly Channel<TriggerCall> _calls = Channel.CreateUnbounded<TriggerCall>();
    private readonly List<TriggerCall> _all = [];
    private QueueTrigger _trigger = null!;

    public LockTokens Tokens { get; } = new();

    public bool HasMore => _calls.Reader.TryPeek(out _);

    public static TriggerHost Start(BusFixture bus, QueueTriggerOptions options)
    {
        var host = new TriggerHost();
        host._trigger = new QueueTrigger(options, bus.Server, host.Tokens, host, NullLogger.Instance);
        host._trigger.Start();
        return host;
    }

    public async Task<TriggerCall> NextAsync() => await _calls.Reader.ReadAsync(Token).AsTask().WaitAsync(Soon, Token);

    /// <summary>As the official extension's converter does it.</summary>
    public static ServiceBusReceivedMessage Decode(TriggerMessage message) => ServiceBusReceivedMessage.FromAmqpMessage(
        AmqpAnnotatedMessage.FromBytes(BinaryData.FromBytes(message.Content.AsMemory(16))), BinaryData.FromBytes(message.Content.AsMemory(0, 16)));

    public Task RunAsync(IReadOnlyList<TriggerMessage> messages, CancellationToken cancellationToken)
    {
        var call = new TriggerCall(messages);
        lock (_all)
        {
            _all.Add(call);
        }

        _calls.Writer.TryWrite(call);
        return call.Done;
    }

    public Task StopAsync() => _trigger.StopAsync(CancellationToken.None).WaitAsync(Soon, Token);

    public async ValueTask DisposeAsync()
    {
        var stopping = _trigger.DisposeAsync();
        lock (_all)
        {
            _all.ForEach(call => call.Succeed());
        }

        await stopping;
    }
}
