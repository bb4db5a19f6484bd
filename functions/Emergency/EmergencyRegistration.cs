using CityBrain.City;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CityBrain.Emergency;

/// <summary>Registers the emergencies.</summary>
public static class EmergencyRegistration
{
    /// <summary>Adds plans, store, desk and sweep.</summary>
    public static IServiceCollection AddEmergency(this IServiceCollection services) => services
        .AddSingleton<PlansProvider>()
        .AddSingleton<IValidateOptions<CityOptions>>(provider => provider.GetRequiredService<PlansProvider>())
        .AddSingleton(provider => provider.GetRequiredService<PlansProvider>().Plans(provider.GetRequiredService<IOptions<CityOptions>>().Value))
        .AddSingleton<EmergencyStore>()
        .AddSingleton<EmergencyCare>()
        .AddSingleton<EmergencyDesk>()
        .AddSingleton<CapDesk>();

    /// <summary>Reads the plans when the city's options are validated, so that a broken file is found at start and not in the emergency.</summary>
    private sealed class PlansProvider : IValidateOptions<CityOptions>
    {
        private readonly Lock _lock = new();
        private EmergencyPlans? _plans;

        public ValidateOptionsResult Validate(string? name, CityOptions options)
        {
            try
            {
                Plans(options);
                return ValidateOptionsResult.Success;
            }
            catch (CityFileException exception)
            {
                return ValidateOptionsResult.Fail(exception.Message);
            }
        }

        public EmergencyPlans Plans(CityOptions options)
        {
            lock (_lock)
            {
                return _plans ??= EmergencyPlans.Load(Path.Combine(AppContext.BaseDirectory, options.Folder));
            }
        }
    }
}
