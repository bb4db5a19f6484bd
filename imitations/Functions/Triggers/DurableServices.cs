using CityBrain.Embedded.Durable;
using CityBrain.Embedded.Functions.Hosting;
using CityBrain.Embedded.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Embedded.Functions.Triggers;

/// <summary>Durable Functions in the container of the host.</summary>
internal static class DurableServices
{
    /// <summary>Adds the engine, its client (for <c>[DurableClient]</c> parameters and for injection) and the triggers.</summary>
    public static IServiceCollection AddDurableTriggers(this IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedPlatform>().Service(platform => new DurableEngine(platform)));
        services.AddSingleton(provider => provider.GetRequiredService<DurableEngine>().Client);
        services.AddSingleton<ITriggerListener, DurableTriggerListener>();
        return services;
    }
}
