using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus;

namespace CityBrain.Embedded.Tests.ServiceBus;

/// <summary>An embedded platform with one queue, <c>q</c>, and a client of it.</summary>
public sealed class BrokerFixture : IDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(150);

    private BrokerFixture(double clockSpeed)
    {
        Test = new TestPlatform(clockSpeed);
        Client = new ServiceBusClient(Test.Platform.ConnectionString);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public TestPlatform Test { get; }

    public ServiceBusClient Client { get; private set; }

    public Broker Broker => Broker.Of(Test.Platform);

    public ServiceBusSender Sender => Client.CreateSender("q");

    public ServiceBusReceiver Receiver => Client.CreateReceiver("q");

    public ServiceBusReceiver DeadLetters => Client.CreateReceiver("q", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    public static async Task<BrokerFixture> WithQueueAsync(QueueOptions? options = null, double clockSpeed = 1)
    {
        var fixture = new BrokerFixture(clockSpeed);
        await fixture.Broker.DeclareQueueAsync(options ?? new QueueOptions { Name = "q" });
        return fixture;
    }

    /// <summary>As after a crash: nothing is released or settled, only the file remains.</summary>
    public void Crash()
    {
        var path = Test.Platform.ConnectionString;
        Test.Reopen();
        Client = new ServiceBusClient(path);
    }

    public Task SendAsync(params IEnumerable<string> bodies) => Sender.SendMessagesAsync(bodies.Select(body => new ServiceBusMessage(body) { MessageId = body }), Token);

    public Task SendToSessionAsync(string session, params IEnumerable<string> bodies) =>
        Sender.SendMessagesAsync(bodies.Select(body => new ServiceBusMessage(body) { SessionId = session }), Token);

    public async Task<ServiceBusReceivedMessage> ReceiveAsync(ServiceBusReceiver? from = null) =>
        await (from ?? Receiver).ReceiveMessageAsync(Soon, Token) ?? throw new InvalidOperationException("No message came in time.");

    public async Task<bool> IsEmptyAsync(ServiceBusReceiver? queue = null) => await (queue ?? Receiver).ReceiveMessageAsync(Shortly, Token) is null;

    public static async Task<ServiceBusFailureReason> ReasonAsync(Func<Task> action) => (await Assert.ThrowsAsync<ServiceBusException>(action)).Reason;

    public void Dispose() => Test.Dispose();
}
