using CityBrain.Embedded.Durable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Tests.Durable;

/// <summary>A durable engine on a platform of its own, with functions given as delegates; it can be closed and opened again.</summary>
public sealed class DurableHost : IDisposable
{
    private readonly TestPlatform _platform;
    private readonly List<Action<DurableEngine>> _functions = [];
    private readonly DurableEngineOptions _options;

    public DurableHost(double clockSpeed = 1, bool alwaysReplay = false, DurableEngineOptions? options = null, DateTimeOffset? clockStart = null)
    {
        _platform = new TestPlatform(clockSpeed, clockStart);
        _options = (options ?? new DurableEngineOptions()) with { AlwaysReplay = alwaysReplay };
        Engine = Find();
    }

    public static CancellationToken Bound
    {
        get
        {
            var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            source.CancelAfter(TimeSpan.FromSeconds(20));
            return source.Token;
        }
    }

    public DurableEngine Engine { get; private set; }

    public DurableTaskClient Client => Engine.Client;

    public CityBrain.Embedded.Storage.EmbeddedPlatform Platform => _platform.Platform;

    public DurableHost Orchestrator<TOutput>(string name, Func<TaskOrchestrationContext, Task<TOutput>> code) =>
        With(engine => engine.AddOrchestrator(name, async context => await code(context)));

    public DurableHost Activity<TInput, TOutput>(string name, Func<TInput, Task<TOutput>> code) =>
        With(engine => engine.AddActivity(name, async (_, input, _) => await code(engine.Converter.Deserialize<TInput>(input)!)));

    public DurableHost Activity<TInput, TOutput>(string name, Func<TInput, TOutput> code) => Activity<TInput, TOutput>(name, input => Task.FromResult(code(input)));

    public DurableHost Start()
    {
        _functions.ForEach(add => add(Engine));
        Engine.Start(_options);
        return this;
    }

    /// <summary>Closes the platform without warning and opens it again; the engine is started unless told otherwise.</summary>
    public DurableHost Restart(bool start = true)
    {
        _platform.Reopen();
        Engine = Find();
        return start ? Start() : this;
    }

    public DurableHost With(Action<DurableEngine> add)
    {
        _functions.Add(add);
        return this;
    }

    /// <summary>Forgets the registered functions, so that changed code can be registered before a restart.</summary>
    public DurableHost Without()
    {
        _functions.Clear();
        return this;
    }

    public async Task<OrchestrationMetadata> Run(string name, object? input = null, string? id = null)
    {
        var started = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), Bound);
        return await Completion(started);
    }

    public Task<OrchestrationMetadata> Completion(string id) => Client.WaitForInstanceCompletionAsync(id, true, Bound);

    public long CountRows(string table) => Platform.Store.Read(session => session.QueryFirst($"SELECT count(*) FROM {table}", row => row.GetInt64(0)));

    /// <summary>Waits until a condition holds.</summary>
    public static async Task Until(Func<bool> condition)
    {
        var bound = Bound;
        while (!condition())
        {
            await Task.Delay(5, bound);
        }
    }

    public void Dispose() => _platform.Dispose();

    private DurableEngine Find() => Platform.Service(platform => new DurableEngine(platform));
}
