using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityBrain.Embedded.Tests.TaskHub;

/// <summary>The official host for tests of durable tasks, in memory, with the shared orchestrations.</summary>
public sealed class OfficialTestHost : IAsyncLifetime
{
    // Its generic hosts take no logger for themselves; their configuration is the environment.
    private const string LogLevel = "Logging__LogLevel__Default";

    private DurableTaskTestHost? _host;

    public DurableTaskClient Client => _host!.Client;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable(LogLevel, "None");
        _host = await DurableTaskTestHost.StartAsync(
            registry => SharedOrchestrations.Register(new Registry(registry)), new DurableTaskTestHostOptions { LoggerFactory = NullLoggerFactory.Instance });
        Environment.SetEnvironmentVariable(LogLevel, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    private sealed class Registry(DurableTaskRegistry registry) : IFunctions
    {
        public void Orchestrator<TIn, TOut>(string name, Func<TaskOrchestrationContext, TIn, Task<TOut>> code) => registry.AddOrchestratorFunc(name, code);

        public void Activity<TIn, TOut>(string name, Func<TIn, Task<TOut>> code) => registry.AddActivityFunc<TIn, TOut>(name, (_, input) => code(input));
    }
}
