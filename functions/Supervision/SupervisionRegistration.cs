using CityBrain.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Supervision;

/// <summary>Registers supervision 督办.</summary>
public static class SupervisionRegistration
{
    /// <summary>Adds the outbox handler that takes note of facts, and what makes figures of them.</summary>
    public static IServiceCollection AddSupervision(this IServiceCollection services)
    {
        services.AddOptions<SupervisionOptions>().BindConfiguration(SupervisionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FactStore>().AddSingleton<ExclusionStore>().AddSingleton<SnapshotStore>();
        services.AddSingleton<LiveMonths>().AddSingleton<MonthFigures>().AddSingleton<MonthFreezer>().AddSingleton<SupervisionAccess>();
        services.AddSingleton<OverdueStore>().AddSingleton<OverdueDesk>().AddSingleton<FlagReader>().AddSingleton<ProblemDesk>().AddSingleton<DigestDesk>();
        return services.AddSingleton<IOutboxHandler, FactWriter>();
    }
}
