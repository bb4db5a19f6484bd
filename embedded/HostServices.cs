using System.Reflection;
using CityBrain.Embedded.Companion;
using CityBrain.Embedded.Functions.Durable;
using CityBrain.Embedded.Functions.Http;
using CityBrain.Embedded.Functions.Queues;
using CityBrain.Embedded.Functions.Timers;
using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.ServiceBus.Triggers;
using CityBrain.Embedded.Storage;
using CityBrain.Embedded.TaskHub;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CityBrain.Embedded;

/// <summary>What the host is made of, and the order in which it starts; it stops in the other one.</summary>
internal static class HostServices
{
    public static void AddEmbeddedHost(this IServiceCollection services, IConfiguration configuration, IReadOnlyDictionary<string, string> appSettings)
    {
        services.AddOptions<EmbeddedOptions>().BindConfiguration(EmbeddedOptions.Section).ValidateDataAnnotations();
        services.AddOptions<HostOptions>().Configure<IOptions<EmbeddedOptions>>((host, embedded) => host.ShutdownTimeout = TimeSpan.FromSeconds(embedded.Value.ShutdownSeconds));
        services.AddSingleton(provider => StoreLock.Take(Options(provider).Path));
        services.AddSingleton(provider =>
        {
            _ = provider.GetRequiredService<StoreLock>();
            return SqliteStore.Open(Options(provider).Path);
        });
        services.AddSingleton<ClockKeeper>(provider => new(provider.GetRequiredService<SqliteStore>(), Options(provider)));
        services.AddSingleton(provider => provider.GetRequiredService<ClockKeeper>().Clock);
        services.AddSingleton(_ => new SettingNames(configuration));
        services.AddSingleton(provider => HostJson.Read(Path.Combine(AppFolder(provider), HostJson.FileName)));
        services.AddSingleton<HostMeter>();
        services.AddSingleton<PlatformSecrets>();
        services.AddSingleton(provider => new TablesServer(
            provider.GetRequiredService<SqliteStore>(),
            provider.GetRequiredService<PlatformSecrets>(),
            Options(provider).TablesKey,
            Options(provider).TablesPort,
            provider.GetRequiredService<HostMeter>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService(provider => provider.GetRequiredService<TablesServer>());
        services.AddSingleton<QueuesServer>().AddHostedService(provider => provider.GetRequiredService<QueuesServer>());
        services.AddWorker(appSettings);
        services.AddSingleton<HttpFront>().AddHostedService(provider => provider.GetRequiredService<HttpFront>());
        services.AddTaskHub();
        services.AddQueues();
        services.AddSingleton<TimerListener>().AddSingleton<IFunctionsListener>(provider => provider.GetRequiredService<TimerListener>());
        services.AddSingleton<IFunctionsListener>(provider => provider.GetRequiredService<HttpFront>());
        services.AddHostedService<FunctionsHost>();
        services.AddDueWork();
    }

    private static void AddWorker(this IServiceCollection services, IReadOnlyDictionary<string, string> appSettings)
    {
        services.AddSingleton<WorkerDirectory>().AddSingleton<WorkerPool>().AddSingleton<WorkerLogs>().AddSingleton<WorkerSupervisor>();
        services.AddSingleton<WorkerEndpoint>().AddHostedService(provider => provider.GetRequiredService<WorkerEndpoint>());
        services.AddSingleton(provider => new HostLimits(TimeSpan.FromSeconds(Options(provider).ShutdownSeconds)));
        services.AddSingleton(provider =>
        {
            var board = Path.GetFullPath(Options(provider).Path) + ".clock";
            provider.GetRequiredService<CityClock>().ShowOn(board);
            return new WorkerLauncher(AppPath(provider), () => WithConnections(provider, appSettings), provider.GetRequiredService<WorkerEndpoint>(), board, Console.WriteLine);
        });
    }

    private static void AddTaskHub(this IServiceCollection services)
    {
        services.AddSingleton<DurableWorker>();
        services.AddSingleton(provider => new DurableTaskHub(
            provider.GetRequiredService<SqliteStore>(),
            provider.GetRequiredService<CityClock>(),
            Of(provider.GetRequiredService<HostJsonOptions>().DurableTask),
            provider.GetRequiredService<DurableWorker>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => WorkerService.Of<TaskHubService>(inner => inner.AddSingleton(provider.GetRequiredService<DurableTaskHub>())));
        services.AddSingleton<FixedInputs>(provider => new DurableClientBinding(
            provider.GetRequiredService<WorkerEndpoint>(), provider.GetRequiredService<HostJsonOptions>().DurableTask.HubName).Of);
        services.AddSingleton<IFunctionsListener, DurableListener>();
    }

    private static void AddDueWork(this IServiceCollection services)
    {
        services.AddSingleton<IDueWork>(provider => provider.GetRequiredService<TimerListener>());
        services.AddSingleton(provider => DueWork.Of(() => provider.GetRequiredService<DurableTaskHub>().IsIdle, () => provider.GetRequiredService<DurableTaskHub>().NextTimerDue));
        services.AddSingleton(provider => DueWork.Of(() => provider.GetRequiredService<QueuesServer>().Server.IsIdle, () => provider.GetRequiredService<QueuesServer>().Server.NextDue));
        services.AddSingleton(provider => DueWork.Of(() => provider.GetRequiredService<WorkerPool>().Current is { Channel.Running: 0 }, () => null));
        services.AddSingleton<DueWork>();
    }

    private static void AddQueues(this IServiceCollection services)
    {
        services.AddSingleton<LockTokens>();
        services.AddSingleton(provider => WorkerService.Of<SettlementService>(inner => inner.AddSingleton(provider.GetRequiredService<LockTokens>())));
        services.AddSingleton<IFunctionsListener, QueueListener>();
    }

    /// <summary>The app's settings, with the connections that lead to this host.</summary>
    private static Dictionary<string, string> WithConnections(IServiceProvider provider, IReadOnlyDictionary<string, string> appSettings)
    {
        var settings = provider.GetRequiredService<IConfiguration>();
        return new(appSettings)
        {
            ["TableStorage"] = HostSettings.Connection(settings, "TableStorage", provider.GetRequiredService<TablesServer>().ConnectionString),
            ["ServiceBusConnection"] = HostSettings.Connection(settings, "ServiceBusConnection", provider.GetRequiredService<QueuesServer>().ConnectionString),
        };
    }

    private static TaskHubOptions Of(HostJsonOptions.DurableTaskOptions options) => new()
    {
        HubName = options.HubName,
        MaxConcurrentActivityFunctions = options.MaxConcurrentActivityFunctions,
        MaxConcurrentOrchestratorFunctions = options.MaxConcurrentOrchestratorFunctions,
        ExtendedSessionsEnabled = options.ExtendedSessionsEnabled,
        ExtendedSessionIdleTimeoutInSeconds = options.ExtendedSessionIdleTimeoutInSeconds,
    };

    private static EmbeddedOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<EmbeddedOptions>>().Value;

    private static string AppFolder(IServiceProvider provider) => Path.GetDirectoryName(AppPath(provider))!;

    /// <summary>The app's assembly: by setting, else the one that was built with this host.</summary>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    private static string AppPath(IServiceProvider provider)
    {
        var built = typeof(HostServices).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == "App")?.Value;
        var path = Path.GetFullPath(Options(provider).App ?? Path.Combine(AppContext.BaseDirectory, built ?? ""));
        return File.Exists(path)
            ? path
            : throw new InvalidOperationException($"The app '{path}' is not there; build it, or write the path of its assembly into {EmbeddedOptions.Section}:{nameof(EmbeddedOptions.App)}.");
    }
}
