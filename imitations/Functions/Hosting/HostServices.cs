using CityBrain.Embedded.Functions.Http;
using CityBrain.Embedded.Functions.Timers;
using CityBrain.Embedded.Functions.Triggers;
using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>The services of the host, and the triggers in the order in which they start.</summary>
internal static class HostServices
{
    /// <summary>Before the app adds its own services: what it may rely on.</summary>
    public static void AddPlatform(this IServiceCollection services)
    {
        services.AddOptions<EmbeddedOptions>().BindConfiguration(EmbeddedOptions.Section).ValidateDataAnnotations();
        services.AddSingleton(provider => EmbeddedPlatform.Open(provider.GetRequiredService<IOptions<EmbeddedOptions>>().Value));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<EmbeddedPlatform>().Clock);
        services.AddSingleton(provider => new SettingNames(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<EmbeddedAddresses>();
        services.AddSingleton<IEmbeddedAddresses>(provider => provider.GetRequiredService<EmbeddedAddresses>());
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<IFunctionInvoker>(provider => provider.GetRequiredService<FunctionInvoker>());
        services.AddOptions<HostOptions>().Configure<IOptions<EmbeddedOptions>>((host, embedded) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(embedded.Value.ShutdownSeconds));
        AddTriggers(services);
    }

    /// <summary>After the app added its own services: the default catalog, and the host, which starts after the app's hosted services and stops before them.</summary>
    public static void AddHost(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => FunctionCatalog.FromEntryAssembly());
        services.AddHostedService<FunctionsHost>();
    }

    private static void AddTriggers(IServiceCollection services)
    {
        services.AddDurableTriggers();

        // Before what sends: it declares the queues.
        services.AddSingleton<ITriggerListener, ServiceBusTriggers>();
        services.AddSingleton<ITriggerListener, TimerTriggerListener>();
        services.AddSingleton<ITriggerListener, ServiceBusHttpListener>();
        services.AddSingleton<ITriggerListener, HttpTriggerListener>();
    }
}
