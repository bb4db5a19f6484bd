using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Burden;

/// <summary>Registers the burden meter 减负.</summary>
public static class BurdenRegistration
{
    /// <summary>Adds the cap of open tasks and the forms.</summary>
    public static IServiceCollection AddBurden(this IServiceCollection services) =>
        services.AddSingleton<TaskSeats>().AddSingleton<TaskPlacing>().AddSingleton<FormStore>();
}
