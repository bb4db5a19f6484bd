using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Cockpit;

/// <summary>Registers the cockpit.</summary>
public static class CockpitRegistration
{
    /// <summary>Adds the overview and its screen.</summary>
    public static IServiceCollection AddCockpit(this IServiceCollection services) =>
        services.AddSingleton<OverdueList>().AddSingleton<OverviewReader>().AddSingleton<CityMap>().AddSingleton<CockpitPage>();
}
