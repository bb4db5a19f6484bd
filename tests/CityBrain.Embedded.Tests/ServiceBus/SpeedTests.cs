using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus.Triggers;
using Microsoft.Extensions.Logging.Abstractions;
using static CityBrain.Embedded.Tests.ServiceBus.BusFixture;

namespace CityBrain.Embedded.Tests.ServiceBus;

/// <summary>A measurement, run only when asked for (<c>-explicit only</c>); the figure goes to the test's output.</summary>
public sealed class SpeedTests
{
    private const int Messages = 20_000;
    private const int Connections = 4;
    private const int Callers = 64;
    private const double LeastPerSecond = 1500;

    [Fact(Explicit = true)]
    public async Task SensorMessages_SentOneByOneToABatchTrigger_FastEnoughForACity()
    {
        await using var bus = await StartAsync();
        await using var trigger = new QueueTrigger(new QueueTriggerOptions { Function = "F", Queue = "q", IsBatched = true }, bus.Server, new LockTokens(), new Counter(out var all), NullLogger.Instance);
        trigger.Start();
        var clients = Enumerable.Range(0, Connections).Select(_ => new ServiceBusClient(bus.ConnectionString())).ToList();
        var senders = clients.ConvertAll(client => client.CreateSender("q"));
        var (started, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var i = caller; i < Messages; i += Callers)
            {
                await senders[caller % Connections].SendMessageAsync(new ServiceBusMessage(new byte[300]) { MessageId = $"{i}" }, Token);
            }
        }));
        await all.WaitAsync(Token);
        var (seconds, used) = (Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / Messages);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Messages / seconds:0} messages/s, {used:0} µs of processor each, clients included");
        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        Assert.InRange(Messages / seconds, LeastPerSecond, double.MaxValue);
    }

    private sealed class Counter : IMessageFunction
    {
        private readonly TaskCompletionSource _all = new();
        private int _left = Messages;

        public Counter(out Task all) => all = _all.Task;

        public Task RunAsync(IReadOnlyList<TriggerMessage> messages, CancellationToken cancellationToken)
        {
            if (Interlocked.Add(ref _left, -messages.Count) == 0)
            {
                _all.SetResult();
            }

            return Task.CompletedTask;
        }
    }
}
