using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.Companion;
using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityBrain.Embedded.Tests.ServiceBus;

/// <summary>A Service Bus on a file of its own with a root key, and the official client of it.</summary>
public sealed class BusFixture : IAsyncDisposable
{
    public const string Secret = "cm9vdC1rZXk=";
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    /// <summary>Long enough to see that nothing comes.</summary>
    public static readonly TimeSpan Shortly = TimeSpan.FromMilliseconds(200);

    private readonly string _folder = Directory.CreateTempSubdirectory("bus").FullName;
    private readonly ServiceBusOptions _options;
    private SqliteStore _store = null!;

    private BusFixture(ServiceBusOptions options, double speed) => (_options, Clock) = (options, new CityClock(speed: speed));

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public CityClock Clock { get; }

    public ServiceBusServer Server { get; private set; } = null!;

    public ServiceBusClient Client { get; private set; } = null!;

    public ServiceBusSender Sender => Client.CreateSender("q");

    public ServiceBusReceiver Receiver => Client.CreateReceiver("q");

    public ServiceBusReceiver DeadLetters => Client.CreateReceiver("q", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    /// <summary>Starts with one queue, <c>q</c>, and a key that opens everything.</summary>
    public static Task<BusFixture> StartAsync(Func<QueueOptions, QueueOptions>? queue = null, double speed = 1) =>
        StartAsync(new ServiceBusOptions { Queues = [(queue ?? (q => q))(new QueueOptions { Name = "q" })] }, speed);

    public static async Task<BusFixture> StartAsync(ServiceBusOptions options, double speed = 1)
    {
        var fixture = new BusFixture(options with { Port = 0, Keys = [new SharedAccessKey("root", Secret, ["*"], AccessRights.Manage), .. options.Keys] }, speed);
        await fixture.OpenAsync(0);
        return fixture;
    }

    public string ConnectionString(string keyName = "root", string key = Secret, int? port = null) =>
        $"Endpoint=sb://127.0.0.1:{port ?? Server.Port};SharedAccessKeyName={keyName};SharedAccessKey={key};UseDevelopmentEmulator=true";

    /// <summary>A client that waits a short time and does not repeat what is refused.</summary>
    public ServiceBusClient Impatient(string keyName = "root", string key = Secret, int? port = null, TimeSpan? tryTimeout = null) => new(
        ConnectionString(keyName, key, port), new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = 0, TryTimeout = tryTimeout ?? TimeSpan.FromSeconds(10) } });

    /// <summary>As after a crash: nothing is released or settled, only the file remains; the port stays.</summary>
    public async Task CrashAsync()
    {
        var port = Server.Port;
        Server.Broker.Dispose();
        await Server.DisposeAsync();
        _store.Dispose();
        await OpenAsync(port);
    }

    public Task SendAsync(params IEnumerable<string> bodies) => Sender.SendMessagesAsync(bodies.Select(body => new ServiceBusMessage(body) { MessageId = body }), Token);

    public Task SendToSessionAsync(string session, params IEnumerable<string> bodies) =>
        Sender.SendMessagesAsync(bodies.Select(body => new ServiceBusMessage(body) { SessionId = session }), Token);

    public async Task<ServiceBusReceivedMessage> ReceiveAsync(ServiceBusReceiver? from = null) =>
        await (from ?? Receiver).ReceiveMessageAsync(Soon, Token) ?? throw new InvalidOperationException("No message came in time.");

    public async Task<bool> IsEmptyAsync(ServiceBusReceiver? queue = null) => (await (queue ?? Receiver).PeekMessagesAsync(1, cancellationToken: Token)).Count == 0;

    public static async Task<ServiceBusFailureReason> ReasonAsync(Func<Task> action) => (await Assert.ThrowsAsync<ServiceBusException>(action)).Reason;

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task OpenAsync(int port)
    {
        _store = SqliteStore.Open(Path.Combine(_folder, "city.db"));
        Server = new ServiceBusServer(_store, Clock, _options with { Port = port }, NullLogger<ServiceBusServer>.Instance);
        await Server.StartAsync(CancellationToken.None);
        Client = new ServiceBusClient(ConnectionString());
    }
}
