using CityBrain.City;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CityBrain.Emergency;

/// <summary>Registers the emergencies.</summary>
public static class EmergencyRegistration
{
    /// <summary>Adds plans, store, desk and sweep.</summary>
    public static IServiceCollection AddEmergency(this IServiceCollection services) => services
        .AddSingleton(provider => EmergencyPlans.Load(Path.Combine(AppContext.BaseDirectory, provider.GetRequiredService<IOptions<CityOptions>>().Value.Folder)))
        .AddSingleton<EmergencyStore>()
        .AddSingleton<EmergencyCare>()
        .AddSingleton<EmergencyDesk>()
        .AddSingleton<CapDesk>();
}
